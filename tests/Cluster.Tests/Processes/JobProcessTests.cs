using Npgsql;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Settings;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>A fit whose member is killed or paused is finished by another member, with the same bytes.</summary>
public sealed class JobProcessTests(PostgresServer postgres) : IDisposable
{
    private const int Documents = 120;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly TempFolder _folder = new();
    private readonly string _database = postgres.CreateDatabase();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_MemberOfARunningFit_AnotherMakesTheSameVersion()
    {
        IReadOnlyList<ModelFile> expected = await FitAloneAsync();
        await using MemberCluster cluster = await StartAsync();
        (MemberProcess runner, MemberProcess other, string fit) = await StartFitAsync(cluster);

        await runner.KillAsync(Token);
        FitResult result = await WaitAsync(other, fit);

        Assert.Equal(1, result.Version);
        Assert.Equal(expected, await ExportAsync(other));
    }

    [Fact]
    public async Task Pause_MemberOfARunningFit_ChangesNothingWhenItContinues()
    {
        await using MemberCluster cluster = await StartAsync();
        (MemberProcess runner, MemberProcess other, string fit) = await StartFitAsync(cluster);

        runner.Pause();
        await WaitAsync(other, fit);
        runner.Resume();

        // It finds that its lease has ended, and stops.
        await runner.WaitForEndAsync(Token).WaitAsync(Timeout, Token);
        using TopicGrpcClient client = new(other.Address);
        Assert.Equal(1, Assert.Single(await client.Models.ListVersionsAsync("news", Token).ToListAsync(Token)).Version);
        Assert.Equal(1, (await client.Models.GetAsync("news", Token)).Labels["stable"]);
    }

    [Fact]
    public async Task CancelFit_AtAnotherMember_EndsTheRun()
    {
        await using MemberCluster cluster = await StartAsync();
        (MemberProcess runner, MemberProcess other, string fit) = await StartFitAsync(cluster);
        using TopicGrpcClient client = new(other.Address);

        await client.Fits.CancelAsync(fit, Token);
        FitEvent last = await client.Fits.WatchAsync(fit, cancellationToken: Token).LastAsync(Token);

        Assert.Equal(FitState.Cancelled, last.Fit.State);
        using TopicGrpcClient first = new(runner.Address);
        Assert.Equal(FitState.Cancelled, (await first.Fits.GetAsync(fit, Token)).State);
    }

    public void Dispose() => _folder.Dispose();

    private static IAsyncEnumerable<TopicDocument> Texts() => Enumerable.Range(0, Documents)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static FitRequest Request() => new("news", "news") { Settings = new FitSettings { MinTopicSize = 20 }, Labels = ["stable"] };

    private static async Task<FitResult> WaitAsync(MemberProcess member, string fit)
    {
        using TopicGrpcClient client = new(member.Address);
        return await new FitHandle(client.Fits, fit).WaitAsync(cancellationToken: Token).WaitAsync(Timeout, Token);
    }

    /// <summary>
    /// Starts two members with documents in a corpus. The second one starts later and has none of the documents in its folder.
    /// </summary>
    private async Task<MemberCluster> StartAsync()
    {
        MemberCluster cluster = new(2, _database, options: new Dictionary<string, string>
        {
            ["Cluster:Postgres:LeaseTimeout"] = "00:00:03",
            ["Cluster:Member:HeartbeatInterval"] = "00:00:00.5",
            ["delay"] = "120",
        });
        await cluster.Members[0].StartAsync(Token);
        await cluster.Members[0].WaitUntilReadyAsync(Timeout, Token);
        using TopicGrpcClient client = new(cluster.Members[0].Address);
        await client.IngestAsync("news", Texts(), cancellationToken: Token);
        await cluster.Members[1].StartAsync(Token);
        await cluster.Members[1].WaitUntilReadyAsync(Timeout, Token);

        return cluster;
    }

    /// <summary>Starts a fit at the first member and waits until a member runs it. The encoder delays it by seconds.</summary>
    private async Task<(MemberProcess Runner, MemberProcess Other, string Fit)> StartFitAsync(MemberCluster cluster)
    {
        using TopicGrpcClient client = new(cluster.Members[0].Address);
        FitHandle handle = await client.Fits.StartAsync(Request(), Token);
        await using var source = NpgsqlDataSource.Create(_database);
        await using NpgsqlCommand command = source.CreateCommand("SELECT member FROM job_claims WHERE member <> ''");
        string? owner;
        while ((owner = (string?)await command.ExecuteScalarAsync(Token)) is null)
        {
            Assert.False((await handle.GetAsync(Token)).HasEnded);
        }

        return (
            Assert.Single(cluster.Members, member => member.Id == owner),
            Assert.Single(cluster.Members, member => member.Id != owner),
            handle.Name);
    }

    private async Task<IReadOnlyList<ModelFile>> ExportAsync(MemberProcess member)
    {
        using TopicGrpcClient client = new(member.Address);
        return (await client.Models.ExportAsync("news", _folder.At("export"), Token)).Files;
    }

    private async Task<IReadOnlyList<ModelFile>> FitAloneAsync()
    {
        using FakeEmbedder embedder = new();
        await using ServerHost host = await ServerHost.StartAsync(
            new ServerSettings { DataDirectory = _folder.At("alone"), Embedder = embedder }, Token);
        using TopicGrpcClient client = new(host.Address);
        await client.IngestAsync("news", Texts(), cancellationToken: Token);
        await client.FitAsync(Request(), cancellationToken: Token);
        return (await client.Models.ExportAsync("news", _folder.At("alone-export"), Token)).Files;
    }
}
