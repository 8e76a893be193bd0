using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>
/// A fit makes the same files on one server, on three members, and with the member that runs it killed in each stage. The variable
/// <c>TOPICGRPC_SAME</c> runs the long forms: a kill in every stage, and the sample of the repository with its encoder.
/// </summary>
public sealed class SameFilesTests(PostgresServer postgres, ITestOutputHelper output) : IDisposable
{
    private const string Variable = "TOPICGRPC_SAME";
    private const string EveryStage = "Embedding,Neighbors,Layout,Clusters,Topics,Quality,Publishing";
    private const int Documents = 120;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(20);
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly TempFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Layout", false)]
    [InlineData(EveryStage, true)]
    public async Task Fit_MembersAreKilledInItsStages_HasTheFilesOfOneServer(string stages, bool isLong)
    {
        ArgumentNullException.ThrowIfNull(stages);
        Assert.SkipWhen(isLong && Environment.GetEnvironmentVariable(Variable) is null, $"{Variable} is not set.");
        FitRequest request = new("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] };
        VersionFiles expected = await FitAloneAsync(request);
        string marks = Directory.CreateDirectory(_folder.At("marks")).FullName;
        await using MemberCluster cluster = new(3, postgres.CreateDatabase(), options: Options(new()
        {
            ["delay"] = "20",
            ["kill"] = stages,
            ["marks"] = marks,
            ["Cluster:Embedding:ChunkTexts"] = "8",
        }));
        await cluster.StartAsync(Token);
        using TopicGrpcClient client = Client(cluster.Addresses);
        await client.IngestAsync("news", Texts(), cancellationToken: Token);

        Task<FitResult> fit = client.FitAsync(request, cancellationToken: Token);
        int restarts = await RestartUntilAsync(cluster, fit, static () => Task.CompletedTask).WaitAsync(Timeout, Token);

        string[] killed = [.. Directory.GetFiles(marks).Select(static path => Path.GetFileName(path)!)];
        Assert.Equal(stages.Split(',').Order(StringComparer.Ordinal), killed.Order(StringComparer.Ordinal));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"kills {killed.Length}; restarts {restarts}; stages continued {Continued(cluster)}"));
        Assert.True(Continued(cluster) > 0, string.Join('\n', cluster.Members.Select(static member => member.Output)));
        await AssertSameAsync(expected, await fit, client, cluster);
    }

    [Fact]
    public async Task Fit_SampleWithTheEncoder_HasTheFilesOfOneServer()
    {
        Assert.SkipWhen(Environment.GetEnvironmentVariable(Variable) is null, $"{Variable} is not set.");
        FitRequest request = new("news", "news") { Labels = ["stable"] };
        VersionFiles expected = await FitToolAsync(request);
        await AssertSampleAsync(request, expected, []);
        await AssertSampleAsync(request, expected, EveryStage.Split(','));
    }

    private static Dictionary<string, string> Options(Dictionary<string, string> own) => new(own)
    {
        ["Cluster:Postgres:LeaseTimeout"] = "00:00:04",
        ["Cluster:Member:HeartbeatInterval"] = "00:00:00.5",
        ["Cluster:Jobs:CheckpointAfter"] = "00:00:00",
        ["Fits:MaxAttempts"] = "20",

        // The tests count messages in the last lines of each member: a silo logs pages about the deaths of others.
        ["Logging:LogLevel:Default"] = "None",
        ["Logging:LogLevel:Orleans"] = "None",
        ["Logging:LogLevel:Microsoft"] = "None",
        ["Logging:LogLevel:TopicGrpc"] = "None",
        ["Logging:LogLevel:TopicGrpc.Cluster.Checkpoints"] = "Information",
    };

    private static TopicGrpcClient Client(IEnumerable<Uri> addresses)
    {
        TopicGrpcClientOptions options = new() { Retry = new RetryOptions { MaxRetries = 20 } };
        foreach (Uri address in addresses)
        {
            options.Addresses.Add(address);
        }

        return new TopicGrpcClient(options);
    }

    private static IAsyncEnumerable<TopicDocument> Texts() => Enumerable.Range(0, Documents)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static async IAsyncEnumerable<TopicDocument> Sample()
    {
        string path = Path.Combine(Checkout.Root, "samples", "state-of-the-union", "addresses-1961-2021.jsonl");
        await foreach (string line in File.ReadLinesAsync(path, Token))
        {
            using var document = JsonDocument.Parse(line);
            yield return new TopicDocument(
                document.RootElement.GetProperty("id").GetString()!, document.RootElement.GetProperty("text").GetString()!);
        }
    }

    private static int Continued(MemberCluster cluster) =>
        cluster.Members.Sum(static member => member.Output.Split("continues after the stage").Length - 1);

    /// <summary>Starts members again that have ended, until a fit has ended.</summary>
    private static async Task<int> RestartUntilAsync(MemberCluster cluster, Task fit, Func<Task> kill)
    {
        int restarts = 0;
        while (!fit.IsCompleted)
        {
            await kill();
            foreach (MemberProcess member in cluster.Members.Where(static member => !member.IsRunning))
            {
                await member.StartAsync(Token);
                restarts++;
            }

            await Task.WhenAny(fit, Task.Delay(Poll, Token));
        }

        return restarts;
    }

    /// <summary>Kills the member that runs the fit, if it has been seen in another stage.</summary>
    private static async Task KillRunnerAsync(MemberCluster cluster, string database, StageWatch watch)
    {
        if (watch.TryTake())
        {
            await using var source = NpgsqlDataSource.Create(database);
            await using NpgsqlCommand command = source.CreateCommand("SELECT member FROM job_claims WHERE member <> ''");
            string? runner = (string?)await command.ExecuteScalarAsync(Token);
            if (cluster.Members.FirstOrDefault(member => member.Id == runner && member.IsRunning) is { } member)
            {
                await member.KillAsync(Token);
            }
        }
    }

    /// <summary>Returns the files of an archive by their hashes, without those that have the times of the run.</summary>
    private static Dictionary<string, string> ArchiveOf(string folder) => Directory.GetFiles(folder)
        .Where(static path => Path.GetFileName(path) is not ("report.json" or "manifest.json"))
        .ToDictionary(
            static path => Path.GetFileName(path),
            static path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))));

    private static IEnumerable<string> ArchivesBelow(string folder) =>
        Directory.GetFiles(folder, "documents.ids", SearchOption.AllDirectories).Select(static path => Path.GetDirectoryName(path)!);

    private async Task AssertSameAsync(VersionFiles expected, FitResult fit, TopicGrpcClient client, MemberCluster cluster)
    {
        IReadOnlyList<ModelFile> exported = (await client.Models.ExportAsync("news", _folder.At($"{Guid.NewGuid():n}"), Token)).Files;
        Assert.Equal(expected.Export, exported);

        // A run that was killed while it published has used a number.
        Assert.Equal(fit.Version, Assert.Single(await client.Models.ListVersionsAsync("news", Token).ToListAsync(Token)).Version);
        string[] copies = [.. cluster.Members.SelectMany(static member => ArchivesBelow(Path.Combine(member.Folder, "artifacts")))];
        Assert.NotEmpty(copies);
        Assert.All(copies, copy => Assert.Equal(expected.Archive, ArchiveOf(copy)));
    }

    private async Task AssertSampleAsync(FitRequest request, VersionFiles expected, string[] stages)
    {
        string database = postgres.CreateDatabase();
        await using MemberCluster cluster = new(3, database, MemberProgram.Tool, Options([]));
        await cluster.StartAsync(Token);
        using TopicGrpcClient client = Client(cluster.Addresses);
        await client.IngestAsync("news", Sample(), cancellationToken: Token);
        FitHandle handle = await client.Fits.StartAsync(request, Token);
        StageWatch watch = new(cluster, handle.Name, stages);
        Task watching = watch.RunAsync(Token);
        Task<FitResult> fit = handle.WaitAsync(cancellationToken: Token);
        int restarts = await RestartUntilAsync(cluster, fit, () => KillRunnerAsync(cluster, database, watch));
        await watching;

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kills in {string.Join(',', watch.Seen)}; restarts {restarts}; stages continued {Continued(cluster)}"));
        Assert.Equal(stages.Length > 0, Continued(cluster) > 0);
        await AssertSameAsync(expected, await fit, client, cluster);
    }

    private async Task<VersionFiles> FitAloneAsync(FitRequest request)
    {
        using FakeEmbedder embedder = new();
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("alone"), Embedder = embedder }, Token);
        return await FitAtAsync(host.Address, Texts(), request);
    }

    private async Task<VersionFiles> FitToolAsync(FitRequest request)
    {
        await using MemberProcess server = new("alone", _folder.At("alone"), MemberProgram.Tool, new Dictionary<string, string>());
        await server.StartAsync(Token);
        return await FitAtAsync(server.Address, Sample(), request);
    }

    private async Task<VersionFiles> FitAtAsync(Uri address, IAsyncEnumerable<TopicDocument> documents, FitRequest request)
    {
        using TopicGrpcClient client = new(address);
        await client.IngestAsync("news", documents, cancellationToken: Token);
        await client.FitAsync(request, cancellationToken: Token);
        IReadOnlyList<ModelFile> export = (await client.Models.ExportAsync("news", _folder.At("alone-export"), Token)).Files;
        return new VersionFiles(export, ArchiveOf(Assert.Single(ArchivesBelow(_folder.At("alone/models")))));
    }

    /// <param name="Export">Files of the model in BERTopic's form.</param>
    /// <param name="Archive">Hashes of the files of the archive by name.</param>
    private sealed record VersionFiles(IReadOnlyList<ModelFile> Export, Dictionary<string, string> Archive);
}
