using System.Runtime.CompilerServices;
using Grpc.Core;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Sdk.Tests.Fakes;

namespace TopicGrpc.Client.Sdk.Tests.Streams;

public sealed class IngestTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IngestAsync_ConnectionsCutAtRandom_EveryDocumentArrivesOnceInOrder()
    {
        const int Count = 100_000;
        FakeCorpusService service = new();
        await using FakeServer server = await FakeServer.StartAsync(service);
        await using CuttingProxy proxy = new(server.Address, seed: 5, minBytes: 20_000, maxBytes: 400_000);
        using TopicGrpcClient client = Client(proxy.Address);

        IngestResult result = await client.Corpora.IngestAsync("corpus", Documents(Count), cancellationToken: Token);

        Assert.Equal(Ids(Count), service.Stored);
        Assert.Equal(Count, result.Accepted);
        Assert.True(proxy.Cuts >= 5, $"Only {proxy.Cuts} connections were cut.");
        Assert.True(result.Reconnects >= proxy.Cuts);
    }

    [Fact]
    public async Task IngestAsync_ServerRestarted_GoesOnWhereItWas()
    {
        FakeCorpusService service = new();
        service.Milestone = (3_000, new TaskCompletionSource());
        FakeServer first = await FakeServer.StartAsync(service);
        await using CuttingProxy proxy = new(first.Address, seed: 1, minBytes: int.MaxValue - 1, maxBytes: int.MaxValue);
        using TopicGrpcClient client = Client(proxy.Address);

        Task<IngestResult> ingest = client.Corpora.IngestAsync(
            "corpus", Documents(20_000), new IngestOptions { ChunkDocuments = 100 }, cancellationToken: Token);
        await service.Milestone.Reached.Task.WaitAsync(Token);
        await first.DisposeAsync();
        await using FakeServer second = await FakeServer.StartAsync(service);
        proxy.Target = second.Address;
        IngestResult result = await ingest;

        Assert.Equal(Ids(20_000), service.Stored);
        Assert.True(result.Reconnects >= 1);
    }

    [Fact]
    public async Task IngestAsync_SessionOfAnEarlierProcess_SendsTheRestAndTheLastDocumentsAsACheck()
    {
        FakeCorpusService service = new();
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = Client(server.Address);
        IngestOptions options = new() { SessionId = "upload", ChunkDocuments = 10 };
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(Token);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => client.Corpora.IngestAsync(
                "corpus", Documents(1_000, afterwards: killed.CancelAsync), options, cancellationToken: killed.Token));
        int before = service.Stored.Count;
        service.ChunkOffsets.Clear();

        IngestResult result = await client.Corpora.IngestAsync("corpus", Documents(2_000), options, cancellationToken: Token);

        Assert.InRange(before, 1, 1_000);
        Assert.Equal(Ids(2_000), service.Stored);
        Assert.Equal(Math.Max(0, before - 16), service.ChunkOffsets[0]);
        Assert.Equal(2_000, result.Documents);
    }

    [Fact]
    public async Task IngestAsync_SlowServer_BuffersNoMoreThanTheWindow()
    {
        FakeCorpusService service = new() { MaxInFlightChunks = 3, MaxChunkDocuments = 10 };
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = Client(server.Address);
        long widest = 0;
        SynchronousProgress<IngestProgress> progress = new(value => widest = Math.Max(widest, value.Sent - value.Acknowledged));

        await client.Corpora.IngestAsync("corpus", Documents(5_000), progress: progress, cancellationToken: Token);

        // Three chunks on the way, one being built and one document read ahead.
        Assert.InRange(widest, 1, (3 * 10) + 10 + 1);
    }

    [Fact]
    public async Task IngestAsync_DocumentsRefused_ThrowsWithTheirIdsAndStoresTheOthers()
    {
        FakeCorpusService service = new();
        service.Refused.UnionWith(["d3", "d7"]);
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = Client(server.Address);

        IngestRejectedException refused =
            await Assert.ThrowsAsync<IngestRejectedException>(
                () => client.Corpora.IngestAsync("corpus", Documents(10), cancellationToken: Token));

        Assert.Equal(["d3", "d7"], refused.DocumentIds);
        Assert.Equal("DOCUMENT_CONFLICT", refused.Reason);
        Assert.Equal(8, refused.Result.Accepted);
        Assert.Equal(8, service.Stored.Count);
    }

    [Fact]
    public async Task IngestAsync_DocumentLargerThanAMessage_NamesIt()
    {
        FakeCorpusService service = new() { MaxChunkBytes = 2_000 };
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = Client(server.Address);
        IAsyncEnumerable<TopicDocument> documents = new[]
        {
            new TopicDocument("small", "text"),
            new TopicDocument("large", new string('x', 3_000)),
        }.ToAsyncEnumerable();

        IngestRejectedException refused =
            await Assert.ThrowsAsync<IngestRejectedException>(
                () => client.Corpora.IngestAsync("corpus", documents, cancellationToken: Token));

        Assert.Equal(["large"], refused.DocumentIds);
        Assert.Equal("INPUT_TOO_LARGE", refused.Reason);
    }

    [Fact]
    public async Task IngestAsync_DocumentLargerThanAChunkShallBe_GoesAlone()
    {
        FakeCorpusService service = new() { MaxChunkBytes = 2 << 20 };
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = Client(server.Address);
        IAsyncEnumerable<TopicDocument> documents = new[]
        {
            new TopicDocument("small", "text"),
            new TopicDocument("large", new string('x', 1 << 20)),
            new TopicDocument("last", "text"),
        }.ToAsyncEnumerable();

        IngestResult result = await client.Corpora.IngestAsync("corpus", documents, cancellationToken: Token);

        Assert.Equal(3, result.Accepted);
        Assert.Equal([0L, 1L, 2L], service.ChunkOffsets);
    }

    [Fact]
    public async Task IngestAsync_CorpusMissing_FailsAtOnce()
    {
        FakeCorpusService service = new() { OpenFailure = Refusals.Make(StatusCode.NotFound, "CORPUS_NOT_FOUND") };
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = Client(server.Address);

        ResourceNotFoundException missing =
            await Assert.ThrowsAsync<ResourceNotFoundException>(
                () => client.Corpora.IngestAsync("corpus", Documents(10), cancellationToken: Token));

        Assert.Equal("CORPUS_NOT_FOUND", missing.Reason);
        Assert.Equal(1, service.Opens);
    }

    [Fact]
    public async Task IngestAsync_CallersDocumentsFail_ThrowsTheirException()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = Client(server.Address);

        InvalidDataException failure = await Assert.ThrowsAsync<InvalidDataException>(
            () => client.Corpora.IngestAsync(
                "corpus", Documents(100, afterwards: static () => throw new InvalidDataException("line 101")), cancellationToken: Token));

        Assert.Equal("line 101", failure.Message);
    }

    [Fact]
    public async Task IngestAsync_RetriesOff_DoesNotReconnect()
    {
        FakeCorpusService service = new() { OpenFailure = Refusals.Make(StatusCode.Unavailable, "SERVER_DRAINING") };
        await using FakeServer server = await FakeServer.StartAsync(service);
        using TopicGrpcClient client = new(
            new TopicGrpcClientOptions { Address = server.Address, Retry = new RetryOptions { Enabled = false } });

        await Assert.ThrowsAsync<ServerUnavailableException>(
            () => client.Corpora.IngestAsync("corpus", Documents(10), cancellationToken: Token));

        Assert.Equal(1, service.Opens);
    }

    private static TopicGrpcClient Client(Uri address) => new(new TopicGrpcClientOptions
    {
        Address = address,
        Retry = new RetryOptions
        {
            BaseDelay = TimeSpan.FromMilliseconds(5),
            MaxDelay = TimeSpan.FromMilliseconds(50),
            ReconnectTimeout = TimeSpan.FromSeconds(30),
        },
    });

    private static List<string> Ids(int count) => [.. Enumerable.Range(0, count).Select(static index => $"d{index}")];

    private static IAsyncEnumerable<TopicDocument> Documents(int count, Func<Task>? afterwards = null) =>
        Enumerate(count, afterwards, Token);

    private static async IAsyncEnumerable<TopicDocument> Enumerate(
        int count,
        Func<Task>? afterwards,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (int index = 0; index < count; index++)
        {
            yield return new TopicDocument($"d{index}", "a text");
        }

        await (afterwards?.Invoke() ?? Task.CompletedTask);
        cancellationToken.ThrowIfCancellationRequested();
    }
}
