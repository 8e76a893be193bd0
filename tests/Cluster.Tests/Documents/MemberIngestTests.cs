using System.Runtime.CompilerServices;
using TopicGrpc.Client;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Testing;
using TopicGrpc.Testing.Processes;

namespace TopicGrpc.Cluster.Tests.Documents;

/// <summary>Ingest into a cluster of processes, one of which is killed.</summary>
public sealed class MemberIngestTests(PostgresServer postgres)
{
    private const string CorpusId = "news";
    private const int Documents = 120;
    private const int SentBeforeTheKill = 50;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(90);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ingest_MemberIsKilled_ContinuesAtAnotherAndEveryMemberHasEachDocumentOnce()
    {
        await using MemberCluster cluster = new(3, postgres.CreateDatabase());
        await cluster.StartAsync(Token);
        foreach (MemberProcess member in cluster.Members)
        {
            await member.WaitUntilReadyAsync(Timeout, Token);
        }

        using TopicGrpcClient first = new(cluster.Members[0].Address);
        using TopicGrpcClient second = new(cluster.Members[1].Address);
        using TopicGrpcClient third = new(cluster.Members[2].Address);
        await first.Corpora.CreateAsync(CorpusId, cancellationToken: Token);
        long acknowledged = await UploadUntilKilledAsync(first, cluster.Members[0]);

        // The same session and documents, as a client that starts again sends them.
        IngestResult result = await second.Corpora.IngestAsync(
            CorpusId, TextsAsync(Documents, hold: null, Token), Options, cancellationToken: Token);
        await cluster.Members[0].StartAsync(Token);
        await cluster.Members[0].WaitUntilReadyAsync(Timeout, Token);

        Assert.InRange(acknowledged, 1, SentBeforeTheKill);
        Assert.Equal(Documents, result.Documents);
        byte[][] copies = new byte[3][];
        foreach ((TopicGrpcClient client, int index) in new[] { first, second, third }.Select(static (client, index) => (client, index)))
        {
            Assert.Equal(Documents, (await client.Corpora.GetAsync(CorpusId, Token)).DocumentCount);
            copies[index] = await File.ReadAllBytesAsync(
                Path.Combine(cluster.Members[index].Folder, "corpora", CorpusId, "documents.log"), Token);
        }

        Assert.Equal(copies[0], copies[1]);
        Assert.Equal(copies[0], copies[2]);
    }

    private static IngestOptions Options => new() { SessionId = "upload", ChunkDocuments = 10 };

    /// <returns>Documents that were acknowledged before the member was killed.</returns>
    private static async Task<long> UploadUntilKilledAsync(TopicGrpcClient client, MemberProcess member)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        FirstProgress progress = new();
        Task<IngestResult> upload = client.Corpora.IngestAsync(
            CorpusId,
            TextsAsync(Documents, hold: Task.Delay(System.Threading.Timeout.Infinite, stop.Token), stop.Token),
            Options,
            progress,
            stop.Token);
        long acknowledged = await progress.First.WaitAsync(Timeout, Token);
        await member.KillAsync(Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => upload);
        return acknowledged;
    }

    /// <param name="count">Number of documents.</param>
    /// <param name="hold">What the stream waits for before it continues; null: nothing.</param>
    /// <param name="cancellationToken">Ends the stream.</param>
    private static async IAsyncEnumerable<TopicDocument> TextsAsync(
        int count, Task? hold, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int index = 0; index < count; index++)
        {
            if (index == SentBeforeTheKill && hold is not null)
            {
                await hold.WaitAsync(cancellationToken);
            }

            yield return new TopicDocument(FormattableString.Invariant($"d{index:000}"), ThemedTexts.Text(index));
        }
    }

    private sealed class FirstProgress : IProgress<IngestProgress>
    {
        private readonly TaskCompletionSource<long> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes with the first acknowledged documents.</summary>
        public Task<long> First => _first.Task;

        public void Report(IngestProgress value)
        {
            if (value.Acknowledged > 0)
            {
                _first.TrySetResult(value.Acknowledged);
            }
        }
    }
}
