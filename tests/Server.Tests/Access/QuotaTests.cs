using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Server.Access;
using TopicGrpc.V1;
using Quota = TopicGrpc.V1.Quota;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>Quotas of keys: rejected calls have a reason and a delay.</summary>
public sealed class QuotaTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void TokenBucket_Emptied_RefillsAtItsRate()
    {
        FakeTimeProvider clock = new();
        TokenBucket bucket = new(perSecond: 10, capacity: 10, clock);

        for (int call = 0; call < 10; call++)
        {
            Assert.Equal(TimeSpan.Zero, bucket.Take(1));
        }

        Assert.Equal(TimeSpan.FromMilliseconds(100), bucket.Take(1));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(TimeSpan.Zero, bucket.Take(1));
        Assert.True(bucket.Take(1) > TimeSpan.Zero);
    }

    [Fact]
    public void TokenBucket_RequestBeyondTheCapacity_IsPaidByTheNext()
    {
        FakeTimeProvider clock = new();
        TokenBucket bucket = new(perSecond: 10, capacity: 10, clock);

        Assert.Equal(TimeSpan.Zero, bucket.Take(30));
        Assert.Equal(TimeSpan.FromSeconds(2.1), bucket.Take(1));
        clock.Advance(TimeSpan.FromSeconds(2.1));
        Assert.Equal(TimeSpan.Zero, bucket.Take(1));
    }

    [Fact]
    public async Task Calls_BeyondTheQuota_AreRejectedWithADelayAndOthersAreServed()
    {
        await using TestServer server = await TestServer.StartAsync();
        (_, string greedy) = server.CreateKey(Role.Reader, change: static key => key.Quota = new Quota { CallsPerSecond = 5 });
        (_, string quiet) = server.CreateKey(Role.Reader);
        int rejected = 0;
        for (int call = 0; call < 50; call++)
        {
            try
            {
                await ListAsync(server.With(greedy));
            }
            catch (RpcException exception)
            {
                await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "RATE_LIMITED", () => Task.FromException(exception));
                Assert.True(exception.Trailers.GetValue("grpc-retry-pushback-ms") is { Length: > 0 });
                rejected++;
            }

            await ListAsync(server.With(quiet));
        }

        Assert.InRange(rejected, 1, 45);
    }

    [Fact]
    public async Task Streams_BeyondTheQuota_AreRejectedUntilOneEnds()
    {
        await using TestServer server = await TestServer.FittedAsync();
        (_, string secret) = server.CreateKey(Role.Reader, change: static key => key.Quota = new Quota { Streams = 1 });
        ModelService.ModelServiceClient models = new(server.With(secret));
        WatchModelRequest request = new() { Name = "models/m" };
        using (AsyncServerStreamingCall<WatchModelResponse> first = models.WatchModel(request, cancellationToken: Token))
        {
            Assert.True(await first.ResponseStream.MoveNext(Token));
            using AsyncServerStreamingCall<WatchModelResponse> second = models.WatchModel(request, cancellationToken: Token);
            RpcException full = await Refusal.ExpectAsync(
                StatusCode.ResourceExhausted, "QUOTA_REACHED", () => second.ResponseStream.MoveNext(Token));
            Assert.NotNull(full.Trailers.GetValue("grpc-retry-pushback-ms"));
        }

        // The server notices the end of the first stream after the client has closed it.
        while (true)
        {
            using AsyncServerStreamingCall<WatchModelResponse> third = models.WatchModel(request, cancellationToken: Token);
            try
            {
                Assert.True(await third.ResponseStream.MoveNext(Token));
                break;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.ResourceExhausted)
            {
                Token.ThrowIfCancellationRequested();
            }
        }
    }

    [Fact]
    public async Task Tokens_BeyondTheQuota_AreRejectedUntilTheDebtIsPaid()
    {
        await using TestServer server = await TestServer.FittedAsync();
        (_, string greedy) = server.CreateKey(Role.Reader, change: static key => key.Quota = new Quota { TokensPerSecond = 1 });
        PredictRequest request = new() { Selector = new ModelSelector { Model = "models/m" }, Text = new string('w', 400) };
        PredictionService.PredictionServiceClient predictions = new(server.With(greedy));

        await predictions.PredictAsync(request, cancellationToken: Token);
        await Refusal.ExpectAsync(
            StatusCode.ResourceExhausted,
            "RATE_LIMITED",
            async () => await predictions.PredictAsync(request, cancellationToken: Token));
        await new PredictionService.PredictionServiceClient(server.With(server.CreateKey(Role.Reader).Secret)).PredictAsync(
            request, cancellationToken: Token);
    }

    [Fact]
    public async Task Predictions_OneKeyFillsTheQueue_AnotherKeyGetsAPlaceAndIsAnswered()
    {
        const int Waiting = 4;
        const int Flood = 20;
        await using TestServer server = await TestServer.FittedAsync(
            ("Embedding:MaxQueue", FormattableString.Invariant($"{Waiting}")), ("Embedding:Executors", "1"));
        PredictionService.PredictionServiceClient greedy = new(server.With(server.CreateKey(Role.Reader).Secret));
        PredictionService.PredictionServiceClient quiet = new(server.With(server.CreateKey(Role.Reader).Secret));
        PredictRequest request = new() { Selector = new ModelSelector { Model = "models/m" }, Text = "rocket" };
        server.Embedder.Hold();
        using AsyncUnaryCall<PredictResponse> running = greedy.PredictAsync(request, cancellationToken: Token);
        await server.Embedder.SomebodyWaitsAsync(Token);
        List<Task<PredictResponse>> flood =
        [
            .. Enumerable.Range(0, Flood).Select(_ => greedy.PredictAsync(request, cancellationToken: Token).ResponseAsync),
        ];
        while (flood.Count > Waiting)
        {
            await RejectedAsync(flood);
        }

        using AsyncUnaryCall<PredictResponse> asked = quiet.PredictAsync(request, cancellationToken: Token);
        await RejectedAsync(flood);

        Assert.Equal(Waiting - 1, flood.Count);
        Assert.False(asked.ResponseAsync.IsCompleted);
        server.Embedder.Release();
        Assert.Equal("models/m/versions/1", (await asked).ModelVersion);
        await running;
        await Task.WhenAll(flood);
    }

    [Fact]
    public async Task Documents_BeyondTheQuota_AreRejectedAndAcknowledgedOnesStay()
    {
        await using TestServer server = await TestServer.StartAsync();
        await server.CreateCorpusAsync("own-a");
        await server.CreateCorpusAsync("other");
        (_, string secret) = server.CreateKey(Role.Writer, corpora: "own-*", change: static key => key.Quota = new Quota { Documents = 3 });
        using AsyncDuplexStreamingCall<IngestDocumentsRequest, IngestDocumentsResponse> call =
            new CorpusService.CorpusServiceClient(server.With(secret)).IngestDocuments(cancellationToken: Token);
        await call.RequestStream.WriteAsync(
            new IngestDocumentsRequest
            {
                Open = new IngestDocumentsRequest.Types.Open { Corpus = "corpora/own-a", SessionId = "s" },
            },
            Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        await call.RequestStream.WriteAsync(Chunk(0, 3), Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        Assert.Equal(3, call.ResponseStream.Current.Ack.AcceptedCount);

        await call.RequestStream.WriteAsync(Chunk(3, 1), Token);
        RpcException full = await Refusal.ExpectAsync(
            StatusCode.ResourceExhausted, "QUOTA_REACHED", () => call.ResponseStream.MoveNext(Token));

        Assert.NotNull(full.Trailers.GetValue("grpc-retry-pushback-ms"));
        GetCorpusResponse stored = await new CorpusService.CorpusServiceClient(server.With(secret)).GetCorpusAsync(
            new GetCorpusRequest { Name = "corpora/own-a" }, cancellationToken: Token);
        Assert.Equal(3, stored.Corpus.DocumentCount);
    }

    [Fact]
    public async Task Fits_BeyondTheQuota_AreRejected()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await server.FillCorpusAsync("more", 100);
        (_, string secret) = server.CreateKey(Role.Trainer, change: static key => key.Quota = new Quota { Fits = 1 });
        FitService.FitServiceClient fits = new(server.With(secret));
        server.Embedder.Hold();

        await fits.StartFitAsync(TestServer.FitRequest("more", "n"), cancellationToken: Token);
        await Refusal.ExpectAsync(
            StatusCode.ResourceExhausted,
            "QUOTA_REACHED",
            async () => await fits.StartFitAsync(TestServer.FitRequest("more", "o"), cancellationToken: Token));
    }

    /// <summary>Waits for the next rejected call, and removes it.</summary>
    private static async Task RejectedAsync(List<Task<PredictResponse>> calls)
    {
        Task<PredictResponse> rejected = await Task.WhenAny(calls);
        calls.Remove(rejected);
        RpcException exception = await Refusal.ExpectAsync(StatusCode.ResourceExhausted, "QUEUE_FULL", () => rejected);
        Assert.NotNull(exception.Trailers.GetValue("grpc-retry-pushback-ms"));
    }

    private static IngestDocumentsRequest Chunk(int offset, int count) => new()
    {
        Chunk = new IngestDocumentsRequest.Types.Chunk
        {
            Offset = offset,
            Documents =
            {
                Enumerable.Range(offset, count).Select(
                    static index => new Document { Id = FormattableString.Invariant($"d{index}"), Text = "a text" }),
            },
        },
    };

    private static async Task ListAsync(CallInvoker caller) =>
        await new ModelService.ModelServiceClient(caller).ListModelsAsync(new ListModelsRequest(), cancellationToken: Token);
}
