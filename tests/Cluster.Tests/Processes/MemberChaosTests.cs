using System.Diagnostics;
using System.Globalization;
using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>
/// Three members in processes of their own, one of which is killed again and again while clients ingest, fit, move a label and predict.
/// Runs on request: the variable <c>TOPICGRPC_CHAOS</c> has the number of kills; the documents grow with it.
/// </summary>
public sealed class MemberChaosTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const string Variable = "TOPICGRPC_CHAOS";
    private const int Seed = 19;
    private const int DocumentsOfAKill = 1500;

    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(3);
    private static readonly FitSettings Settings = new() { MinTopicSize = 20 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int kills) ? kills : 0;

    [Fact]
    public async Task Kill_RandomMembersDuringWork_KeepsEveryPromise()
    {
        await using MemberCluster cluster = await StartAsync(3);
        using TopicGrpcClient client = Client(cluster);
        await PrepareAsync(client);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        int documents = Kills * DocumentsOfAKill;
        await client.Corpora.CreateAsync("log", cancellationToken: Token);
        Task<IngestResult> ingest = client.Corpora.IngestAsync(
            "log", Documents(documents), new IngestOptions { ChunkDocuments = 20 }, cancellationToken: Token);
        MemberWork work = new(client);
        Task<int> predictions = work.PredictAsync(stop.Token);
        Task<int> moves = work.MoveAsync(stop.Token);
        Task<int> fits = work.FitAsync(stop.Token);
        List<double> answers = [];
        Random random = new(Seed);
        for (int kill = 0; kill < Kills; kill++)
        {
            await Task.Delay(Interval, Token);
            answers.Add(await KillAsync(cluster.Members[random.Next(cluster.Members.Count)], client));
        }

        IngestResult result = await ingest;
        await stop.CancelAsync();
        (int predicted, int moved, int fitted) = (await predictions, await moves, await fits);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"kills {Kills}; documents {documents}; reconnects {result.Reconnects}; predictions {predicted}; label moves {moved}; "
            + $"fits {fitted}; first answer after {answers.Max():0} ms at most"));

        Assert.Equal((documents, 0), (result.Documents, result.Rejected));
        Assert.Equal(fitted, await client.Models.ListVersionsAsync("other", Token).CountAsync(Token));
        foreach (MemberProcess member in cluster.Members)
        {
            using TopicGrpcClient one = new(member.Address);
            Assert.Equal(documents, (await one.Corpora.GetAsync("log", Token)).DocumentCount);
        }

        IngestResult again = await client.IngestAsync("log", Documents(documents), cancellationToken: Token);
        Assert.Equal((0, 0), (again.Accepted, again.Rejected));
    }

    [Fact]
    public async Task Fit_MemberIsKilledMeanwhile_HasTheSameFilesAsOnOneServer()
    {
        // Each text takes 30 ms, so that the first kill is during the embedding.
        await using MemberCluster cluster = await StartAsync(3, "30");
        IReadOnlyList<ModelFile> expected;
        using (TempFolder folder = new())
        using (FakeEmbedder embedder = new())
        {
            await using Server.ServerHost host = await Server.ServerHost.StartAsync(
                new Server.ServerSettings { DataDirectory = folder.At("data"), Embedder = embedder }, Token);
            using TopicGrpcClient single = new(host.Address);
            await single.IngestAsync("news", Documents(120), cancellationToken: Token);
            await single.FitAsync(new FitRequest("news", "news") { Settings = Settings }, cancellationToken: Token);
            expected = (await single.Models.ExportAsync("news", folder.At("export"), Token)).Files;
        }

        using TopicGrpcClient client = Client(cluster);
        using TempFolder exported = new();
        await client.IngestAsync("news", Documents(120), cancellationToken: Token);
        Task<FitResult> fit = client.FitAsync(new FitRequest("news", "news") { Settings = Settings }, cancellationToken: Token);
        foreach (MemberProcess member in cluster.Members)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Token);
            await member.KillAsync(Token);
            await member.StartAsync(Token);
        }

        FitResult result = await fit;
        Assert.Equal(expected, (await client.Models.ExportAsync("news", exported.At("export"), Token)).Files);

        // A run that was killed while it published has used a number.
        Assert.Equal(result.Version, Assert.Single(await client.Models.ListVersionsAsync("news", Token).ToListAsync(Token)).Version);
    }

    private static TopicGrpcClient Client(MemberCluster cluster)
    {
        TopicGrpcClientOptions options = new() { Retry = new RetryOptions { MaxRetries = 10 } };
        foreach (Uri address in cluster.Addresses)
        {
            options.Addresses.Add(address);
        }

        return new TopicGrpcClient(options);
    }

    private static IAsyncEnumerable<TopicDocument> Documents(int count) => Enumerable.Range(0, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static async Task PrepareAsync(TopicGrpcClient client)
    {
        await client.IngestAsync("news", Documents(120), cancellationToken: Token);
        await client.FitAsync(new FitRequest("news", "news") { Settings = Settings, Labels = ["stable"] }, cancellationToken: Token);
        await client.FitAsync(
            new FitRequest("news", "news") { Settings = Settings with { MinTopicSize = 25 } }, cancellationToken: Token);
    }

    /// <summary>Kills a member, and starts it again after the outage.</summary>
    /// <returns>Time in milliseconds from the kill to the first answer of a call that started after it.</returns>
    private static async Task<double> KillAsync(MemberProcess member, TopicGrpcClient client)
    {
        await member.KillAsync(Token);
        long killed = Stopwatch.GetTimestamp();
        await client.PredictAsync("news", ThemedTexts.Text(7), cancellationToken: Token);
        double answered = Stopwatch.GetElapsedTime(killed).TotalMilliseconds;
        await Task.Delay(Outage, Token);
        await member.StartAsync(Token);
        await member.WaitUntilReadyAsync(Timeout, Token);
        return answered;
    }

    private Task<MemberCluster> StartAsync(int members, string delay = "0")
    {
        Assert.SkipUnless(Kills > 0, $"{Variable} is not set: it has the number of kills.");
        return MemberCluster.StartAsync(
            members,
            postgres.CreateDatabase(),
            new Dictionary<string, string>
            {
                ["delay"] = delay,

                // By default, a fit that three stops interrupt counts as one that ends its server.
                ["Fits:MaxAttempts"] = "100",
                ["Cluster:Postgres:LeaseTimeout"] = "00:00:04",
                ["Cluster:Member:HeartbeatInterval"] = "00:00:00.5",
            },
            Token);
    }
}
