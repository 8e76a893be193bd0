using Npgsql;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Fits;
using TopicGrpc.Client.Settings;
using TopicGrpc.Client.Topics;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Processes;

/// <summary>Members are killed while they assign a corpus: another one continues behind the last stored block.</summary>
public sealed class AssignmentProcessTests(PostgresServer postgres)
{
    private const int Documents = 9000;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    private readonly string _database = postgres.CreateDatabase();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Kill_MembersThatAssign_EveryDocumentExactlyOnce()
    {
        await using MemberCluster cluster = new(2, _database, options: new Dictionary<string, string>
        {
            ["Cluster:Postgres:LeaseTimeout"] = "00:00:03",
            ["Cluster:Member:HeartbeatInterval"] = "00:00:00.5",
        });
        await cluster.StartAsync(Token);
        await Task.WhenAll(cluster.Members.Select(static member => member.WaitUntilReadyAsync(Timeout, Token)));
        string job = await StartAsync(cluster.Members[0]);

        // The first member that stores a block, then the one that takes the job over, which may have ended it before.
        MemberProcess runner = await WaitForBlocksAsync(cluster, 1);
        await runner.KillAsync(Token);
        await runner.StartAsync(Token);
        await runner.WaitUntilReadyAsync(Timeout, Token);
        using TopicGrpcClient client = new(runner.Address);
        FitResult result = await new FitHandle(client.Fits, job).WaitAsync(cancellationToken: Token).WaitAsync(Timeout, Token);

        Assert.Equal(1, result.Version);
        HashSet<string> ids = new(StringComparer.Ordinal);
        await foreach (DocumentTopic document in client.Topics.ListDocumentsAsync(
            "news@1", new ListDocumentsOptions { Corpus = "archive" }, Token))
        {
            Assert.True(ids.Add(document.DocumentId), document.DocumentId);
        }

        Assert.Equal(Documents, ids.Count);
    }

    private static IAsyncEnumerable<TopicDocument> Texts(int count) => Enumerable.Range(0, count)
        .Select(static index => new TopicDocument(FormattableString.Invariant($"d{index:0000}"), ThemedTexts.Text(index)))
        .ToAsyncEnumerable();

    private static async Task<string> StartAsync(MemberProcess member)
    {
        using TopicGrpcClient client = new(member.Address);
        await client.IngestAsync("news", Texts(120), cancellationToken: Token);
        await client.FitAsync(
            new FitRequest("news", "news") { Settings = new FitSettings { MinTopicSize = 20 } }, cancellationToken: Token);
        await client.IngestAsync("archive", Texts(Documents), cancellationToken: Token);
        return (await client.Fits.AssignAsync("news@1", "archive", cancellationToken: Token)).Name;
    }

    /// <returns>The member that runs the job.</returns>
    private async Task<MemberProcess> WaitForBlocksAsync(MemberCluster cluster, long count)
    {
        await using var source = NpgsqlDataSource.Create(_database);
        await using NpgsqlCommand blocks = source.CreateCommand("SELECT count(*) FROM assignment_blocks");
        await using NpgsqlCommand owner = source.CreateCommand("SELECT member FROM job_claims WHERE member <> ''");
        string? id = null;
        while ((long)(await blocks.ExecuteScalarAsync(Token))! < count)
        {
            id = (string?)await owner.ExecuteScalarAsync(Token) ?? id;
        }

        return Assert.Single(cluster.Members, member => member.Id == id);
    }
}
