using System.Diagnostics;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using TopicGrpc.Client.Selectors;

namespace TopicGrpc.Client.Sdk.Tests.Calls;

public sealed class PredictTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PredictAsync_Answered_MapsEverything()
    {
        FakePredictionService service = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);

        Prediction prediction = await client.PredictAsync(
            "news@stable", "gpu", new PredictOptions { IncludeProbabilities = true, IncludeWords = true }, Token);

        Assert.Equal(
            (3, "3_gpu_card_driver_video", 0.75, "news", 12),
            (prediction.TopicId, prediction.Name, prediction.Probability, prediction.Model, prediction.Version));
        Assert.Equal(0.05, prediction.Probabilities[5]);
        Assert.Equal(0.2, prediction.OutlierProbability);
        Assert.Equal("gpu", prediction.Words.Single().Term);
        Assert.Equal(TimeSpan.FromMilliseconds(2), prediction.Timing.Inference);
        V1.PredictRequest request = service.Requests.Single();
        Assert.Equal(("models/news", "stable"), (request.Selector.Model, request.Selector.VersionLabel));
        Assert.True(request.Options is { IncludeProbabilities: true, IncludeWords: true });
    }

    [Theory]
    [InlineData("news", null, null)]
    [InlineData("news@7", 7L, null)]
    [InlineData("news@stable", null, "stable")]
    public void ModelSelector_Text_IsRead(string text, long? version, string? label)
    {
        ModelSelector selector = text;

        Assert.Equal(new ModelSelector("news") { Version = version, Label = label }, selector);
        Assert.Equal(text, selector.ToString());
    }

    [Fact]
    public async Task PredictAsync_TransientFailures_AreRetried()
    {
        FakePredictionService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.Unavailable, "MODEL_LOADING"));
        service.Failures.Enqueue(Refusals.Make(StatusCode.ResourceExhausted, "QUEUE_FULL", retryAfter: TimeSpan.FromMilliseconds(2)));
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);

        Prediction prediction = await client.PredictAsync("news", "gpu", cancellationToken: Token);

        Assert.Equal(3, prediction.TopicId);
        Assert.Equal(3, service.Requests.Count);
    }

    [Fact]
    public async Task PredictAsync_RetriesOff_FailsWithTheFirst()
    {
        FakePredictionService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.ResourceExhausted, "QUEUE_FULL", retryAfter: TimeSpan.FromMilliseconds(250)));
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = new(
            new TopicGrpcClientOptions { Address = server.Address, Retry = new RetryOptions { Enabled = false } });

        OverloadedException refused = await Assert.ThrowsAsync<OverloadedException>(
            () => client.PredictAsync("news", "gpu", cancellationToken: Token));

        Assert.Equal(TimeSpan.FromMilliseconds(250), refused.RetryAfter);
        Assert.True(refused is { Reason: "QUEUE_FULL", IsTransient: true });
        Assert.Equal("7", refused.Details.Metadata["limit"]);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task PredictAsync_WrongRequest_NamesTheFieldAndIsNotRetried()
    {
        FakePredictionService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.InvalidArgument, "INPUT_EMPTY", violation: ("text", "is empty")));
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);

        InvalidRequestException refused = await Assert.ThrowsAsync<InvalidRequestException>(
            () => client.PredictAsync("news", " ", cancellationToken: Token));

        Assert.Equal([new FieldViolation("text", "is empty")], refused.Violations);
        Assert.False(refused.IsTransient);
        Assert.Single(service.Requests);
    }

    [Theory]
    [InlineData("MODEL_NOT_FOUND")]
    [InlineData("VERSION_NOT_FOUND")]
    [InlineData("LABEL_NOT_FOUND")]
    public async Task PredictAsync_ModelMissing_IsTyped(string reason)
    {
        FakePredictionService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.NotFound, reason));
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);

        ModelNotFoundException missing = await Assert.ThrowsAsync<ModelNotFoundException>(
            () => client.PredictAsync("news", "gpu", cancellationToken: Token));

        Assert.Equal(reason, missing.Reason);
    }

    [Fact]
    public async Task PredictAsync_AttemptHangs_IsTriedAgainAfterItsTime()
    {
        FakePredictionService service = new() { HangsFirst = true };
        FakeTimeProvider time = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = new(new TopicGrpcClientOptions
        {
            Address = server.Address,
            TimeProvider = time,
            AttemptTimeout = TimeSpan.FromHours(1),
            ReadTimeout = TimeSpan.FromHours(10),
        });
        Task<Prediction> call = client.PredictAsync("news", "gpu", cancellationToken: Token);
        await service.Hanging.Task.WaitAsync(Token);

        time.Advance(TimeSpan.FromHours(1));
        while (service.Requests.Count < 2)
        {
            // Ends the pause before the second attempt, however late it begins.
            time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        Assert.Equal(3, (await call).TopicId);
    }

    [Fact]
    public async Task PredictAsync_DeadlinePasses_IsACallTimeout()
    {
        FakePredictionService service = new() { HangsFirst = true };
        FakeTimeProvider time = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = new(new TopicGrpcClientOptions
        {
            Address = server.Address,
            TimeProvider = time,
            AttemptTimeout = null,
            ReadTimeout = TimeSpan.FromMinutes(5),
        });
        Task<Prediction> call = client.PredictAsync("news", "gpu", cancellationToken: Token);
        await service.Hanging.Task.WaitAsync(Token);

        time.Advance(TimeSpan.FromMinutes(5));

        CallTimeoutException late = await Assert.ThrowsAsync<CallTimeoutException>(() => call);
        Assert.Equal(TopicGrpcStatus.DeadlineExceeded, late.Status);
        Assert.Single(service.Requests);
    }

    [Fact]
    public async Task PredictAsync_TokenCancelled_IsOperationCanceledWithTheCallersToken()
    {
        FakePredictionService service = new() { HangsFirst = true };
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(Token);
        Task<Prediction> call = client.PredictAsync("news", "gpu", cancellationToken: cancellation.Token);
        await service.Hanging.Task.WaitAsync(Token);

        await cancellation.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task PredictAsync_Hedged_TakesTheAnswerOfTheCopy()
    {
        FakePredictionService service = new() { HangsFirst = true };
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = new(new TopicGrpcClientOptions
        {
            Address = server.Address,
            Hedging = new HedgingOptions { Enabled = true, Delay = TimeSpan.FromMilliseconds(20), MaxShare = 1 },
        });

        Prediction prediction = await client.PredictAsync("news", "gpu", cancellationToken: Token);

        Assert.Equal(3, prediction.TopicId);
        Assert.Equal(2, service.Requests.Count);
    }

    [Fact]
    public async Task PredictAsync_ServerMissing_IsServerUnavailable()
    {
        FakeServer server = await FakeServer.StartAsync();
        await server.DisposeAsync();
        using TopicGrpcClient client = Client(server.Address);

        ServerUnavailableException missing = await Assert.ThrowsAsync<ServerUnavailableException>(
            () => client.PredictAsync("news", "gpu", cancellationToken: Token));

        Assert.Equal(4, missing.Details.Attempts);
    }

    [Fact]
    public async Task BatchPredictAsync_OneTextWrong_FailsAlone()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        using TopicGrpcClient client = Client(server.Address);

        IReadOnlyList<PredictionOutcome> outcomes = await client.BatchPredictAsync("news", ["a", "", "abc"], cancellationToken: Token);

        Assert.Equal(1, outcomes[0].EnsureSucceeded().TopicId);
        Assert.Equal("INPUT_EMPTY", Assert.Throws<InvalidRequestException>(outcomes[1].EnsureSucceeded).Reason);
        Assert.Equal(3, outcomes[2].EnsureSucceeded().TopicId);
    }

    [Fact]
    public async Task PredictAsync_Listened_IsOneActivityWithItsRetries()
    {
        FakePredictionService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.Unavailable, "MODEL_LOADING"));
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);
        using Activity root = new("test");
        root.Start();
        List<Activity> seen = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == TopicGrpcTelemetry.ActivitySourceName,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                // Other tests run beside this one.
                if (activity.TraceId == root.TraceId)
                {
                    seen.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);

        await client.PredictAsync("news", "gpu", cancellationToken: Token);

        Activity call = Assert.Single(seen);
        Assert.Equal("topicgrpc.v1.PredictionService/Predict", call.OperationName);
        Assert.Equal("retry", Assert.Single(call.Events).Name);
    }

    private static TopicGrpcClient Client(Uri address) => new(new TopicGrpcClientOptions
    {
        Address = address,
        Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(1) },
    });
}
