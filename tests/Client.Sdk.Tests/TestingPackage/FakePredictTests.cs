using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Testing;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakePredictTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _fake.Dispose();

    [Fact]
    public async Task PredictAsync_TopicChosen_IsFilledFromTheModel()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnPredict((model, text) => text.Length > 3 ? 1 : -1);
        using TopicGrpcClient client = _fake.CreateClient();

        Prediction inlier = await client.PredictAsync(
            "news", "planets", new PredictOptions { IncludeWords = true, IncludeProbabilities = true }, Token);
        Prediction outlier = await client.PredictAsync("news@1", "gpu", cancellationToken: Token);

        Assert.Equal(
            (1, "1_space_orbit", "uid-1", "Space", 1.0),
            (inlier.TopicId, inlier.Name, inlier.TopicUid, inlier.Label, inlier.Probability));
        Assert.Equal(("news", 1), (inlier.Model, inlier.Version));
        Assert.Equal("space", inlier.Words[0].Term);
        Assert.Equal((0.0, 1.0, 0.0), (inlier.Probabilities[0], inlier.Probabilities[1], inlier.OutlierProbability));
        Assert.True(outlier.IsOutlier);
        Assert.Empty(outlier.Words);
        Assert.Equal(["Predict news", "Predict news@1"], _fake.Calls.Select(static call => call.ToString()));
        Assert.Equal(["planets"], _fake.Calls[0].Texts);
    }

    [Fact]
    public async Task PredictAsync_PredictionGiven_IsReturned()
    {
        _fake.OnPredict((model, text) => new Prediction
        {
            TopicId = 4,
            Name = text,
            Probability = 0.25,
            Model = model.Model,
            Version = 9,
            TokenCount = 5,
        });
        using TopicGrpcClient client = _fake.CreateClient();

        Prediction prediction = await client.PredictAsync("other", "a text", cancellationToken: Token);

        Assert.Equal(
            (4, "a text", 0.25, "other", 9, 5),
            (prediction.TopicId, prediction.Name, prediction.Probability, prediction.Model, prediction.Version, prediction.TokenCount));
    }

    [Fact]
    public async Task PredictAsync_NoveltyAndNearestTopicGiven_AreReturned()
    {
        Prediction given = new()
        {
            TopicId = 2,
            Name = "2_c",
            Probability = 0.4,
            Basis = PredictionBasis.OutlierPolicy,
            NearestTopicId = 2,
            NearestSimilarity = 0.4,
            Novelty = 0.01,
            IsNovel = true,
            Model = "news",
            Version = 1,
        };
        _fake.OnPredict((model, text) => given);
        using TopicGrpcClient client = _fake.CreateClient();

        Prediction prediction = await client.PredictAsync("news", "a text", new PredictOptions { AsNewText = true }, Token);

        Assert.Equal(
            (given.Basis, given.NearestTopicId, given.NearestSimilarity, given.Novelty, given.IsNovel, given.IsKnownDocument),
            (
                prediction.Basis,
                prediction.NearestTopicId,
                prediction.NearestSimilarity,
                prediction.Novelty,
                prediction.IsNovel,
                prediction.IsKnownDocument));
    }

    [Theory]
    [InlineData(1, false, PredictMode.Density, PredictionBasis.Cluster)]
    [InlineData(-1, false, PredictMode.Density, PredictionBasis.Outlier)]
    [InlineData(1, false, PredictMode.Centroid, PredictionBasis.Centroid)]
    [InlineData(1, true, PredictMode.Density, PredictionBasis.Document)]
    public async Task PredictAsync_BasisNotScripted_FollowsFromTheRest(
        int topic, bool isKnown, PredictMode mode, PredictionBasis basis)
    {
        _fake.OnPredict((model, text) => new Prediction
        {
            TopicId = topic,
            Name = "",
            Probability = 0,
            Mode = mode,
            IsKnownDocument = isKnown,
            Model = "news",
            Version = 1,
        });
        using TopicGrpcClient client = _fake.CreateClient();

        Prediction prediction = await client.PredictAsync("news", "a text", cancellationToken: Token);

        Assert.Equal((basis, null, null), (prediction.Basis, prediction.Novelty, prediction.NearestTopicId));
    }

    [Fact]
    public async Task PredictAsync_NoSuchModelVersionOrLabel_IsNotFound()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnPredict((_, _) => 0);
        using TopicGrpcClient client = _fake.CreateClient();

        (string Selector, string Reason)[] cases =
        [
            ("mail", "MODEL_NOT_FOUND"), ("news@2", "VERSION_NOT_FOUND"), ("news@stable", "LABEL_NOT_FOUND"),
        ];
        foreach ((string selector, string reason) in cases)
        {
            ModelNotFoundException missing = await Assert.ThrowsAsync<ModelNotFoundException>(
                () => client.PredictAsync(selector, "text", cancellationToken: Token));
            Assert.Equal(reason, missing.Reason);
        }
    }

    [Fact]
    public async Task PredictAsync_Overloaded_IsRetried()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnPredict((_, _) => 0);
        _fake.FailNext("BatchPredict", FakeFailure.Unavailable());
        _fake.FailNext("Predict", FakeFailure.Overloaded(TimeSpan.FromMilliseconds(5)), times: 2);
        using TopicGrpcClient client = _fake.CreateClient();

        Prediction prediction = await client.PredictAsync("news", "text", cancellationToken: Token);

        Assert.Equal(0, prediction.TopicId);
        Assert.Equal(["Predict news", "Predict news", "Predict news"], _fake.Calls.Select(static call => call.ToString()));
    }

    [Fact]
    public async Task PredictAsync_OverloadedWithoutRetries_IsATypedException()
    {
        _fake.FailNext(FakeFailure.Overloaded(TimeSpan.FromSeconds(3)));
        using TopicGrpcClient client = _fake.CreateClient(static options => options.Retry.Enabled = false);

        OverloadedException busy = await Assert.ThrowsAsync<OverloadedException>(
            () => client.PredictAsync("news", "text", cancellationToken: Token));

        Assert.Equal(("QUEUE_FULL", TimeSpan.FromSeconds(3)), (busy.Reason, busy.RetryAfter));
        Assert.Equal("text", _fake.Calls.Single().Texts.Single());
    }

    [Fact]
    public async Task PredictAsync_Slow_TimesOutByTheClock()
    {
        FakeTimeProvider time = new();
        using FakeTopicGrpc fake = new(time) { Latency = TimeSpan.FromMinutes(1) };
        fake.OnPredict((_, _) => 0);
        using TopicGrpcClient client = fake.CreateClient(static options => options.Retry.Enabled = false);

        Task<Prediction> prediction = client.PredictAsync("news", "text", cancellationToken: Token);
        await fake.WaitForCallsAsync(1, Token);
        time.Advance(TimeSpan.FromSeconds(11));

        await Assert.ThrowsAsync<CallTimeoutException>(() => prediction);
    }

    [Fact]
    public async Task PredictAsync_NotScripted_SaysWhatToScript()
    {
        using TopicGrpcClient client = _fake.CreateClient();

        TopicGrpcException missing = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.PredictAsync("news", "text", cancellationToken: Token));

        Assert.Equal(TopicGrpcStatus.Unimplemented, missing.Status);
        Assert.Contains("FakeTopicGrpc.OnPredict", missing.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_NotScripted_SayWhatToScriptUnlessTheyFailOtherwise()
    {
        _fake.FailNext("RenderChart", FakeFailure.Of(TopicGrpcStatus.PermissionDenied));
        using TopicGrpcClient client = _fake.CreateClient();

        PermissionDeniedException scripted = await Assert.ThrowsAsync<PermissionDeniedException>(
            () => client.RenderChartAsync("news", ChartKind.Bars, cancellationToken: Token));
        TopicGrpcException chart = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.RenderChartAsync("news", ChartKind.Bars, cancellationToken: Token));
        TopicGrpcException explanation = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.Predictions.ExplainAsync("news", "text", cancellationToken: Token));

        Assert.Equal(TopicGrpcStatus.PermissionDenied, scripted.Status);
        Assert.Equal((TopicGrpcStatus.Unimplemented, TopicGrpcStatus.Unimplemented), (chart.Status, explanation.Status));
        Assert.Contains("FakeTopicGrpc.OnChart", chart.Message, StringComparison.Ordinal);
        Assert.Contains("FakeTopicGrpc.OnExplain", explanation.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => _fake.FailNext("Guess", FakeFailure.Unavailable()));
    }

    [Fact]
    public async Task PredictEmbeddingAsync_Scripted_IsAnsweredByIt()
    {
        _fake.Models.Add("news", SampleTopics.All);
        using TopicGrpcClient client = _fake.CreateClient();
        ReadOnlyMemory<float> embedding = new float[] { 0.5f, -1 };

        _fake.OnPredict((_, _) => 0);
        TopicGrpcException missing = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.Predictions.PredictEmbeddingAsync("news", embedding, cancellationToken: Token));
        _fake.OnPredictEmbedding((model, vector) => vector.Span[0] > 0 ? 1 : 0);
        Prediction chosen = await client.Predictions.PredictEmbeddingAsync("news", embedding, cancellationToken: Token);
        _fake.OnPredictEmbedding((model, vector) => new Prediction
        {
            TopicId = vector.Length,
            Name = "two",
            Probability = 0.5,
            Model = model.Model,
            Version = 7,
        });
        Prediction given = await client.Predictions.PredictEmbeddingAsync("mail", embedding, cancellationToken: Token);

        Assert.Contains("FakeTopicGrpc.OnPredictEmbedding", missing.Message, StringComparison.Ordinal);
        Assert.Equal("1_space_orbit", chosen.Name);
        Assert.Equal((2, "two", 0.5, "mail", 7L), (given.TopicId, given.Name, given.Probability, given.Model, given.Version));
        Assert.Empty(_fake.Calls[1].Texts);
    }

    [Fact]
    public async Task PredictAsync_ScriptThrows_IsItsFailure()
    {
        _fake.OnPredict(int (_, _) => throw new InvalidOperationException("a defect of the test"));
        using TopicGrpcClient client = _fake.CreateClient();

        TopicGrpcException failure = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.PredictAsync("news", "text", cancellationToken: Token));

        Assert.Equal(TopicGrpcStatus.Internal, failure.Status);
        Assert.Contains("a defect of the test", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BatchPredictAsync_OneTextRefused_FailsAlone()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnPredict((_, text) => text.Length > 0
            ? 0
            : throw new InvalidRequestException(
                "The text is empty.",
                new ErrorDetails { Status = TopicGrpcStatus.InvalidArgument, Violations = [new FieldViolation("text", "is empty")] }));
        using TopicGrpcClient client = _fake.CreateClient();

        IReadOnlyList<PredictionOutcome> outcomes = await client.BatchPredictAsync("news", ["one", "", "three"], cancellationToken: Token);

        Assert.Equal([true, false, true], outcomes.Select(static outcome => outcome.Succeeded));
        Assert.Equal("text", Assert.IsType<InvalidRequestException>(outcomes[1].Error).Violations.Single().Field);
        Assert.Equal(["one", "", "three"], _fake.Calls.Single().Texts);
    }

    [Fact]
    public async Task PredictStreamAsync_ManyTexts_AreAnsweredInOrder()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnPredict((_, text) => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) % 2);
        _fake.FailNext("StreamPredict", FakeFailure.Unavailable());
        using TopicGrpcClient client = _fake.CreateClient();

        string[] texts =
        [
            .. Enumerable.Range(0, 1000).Select(static number => number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ];
        IAsyncEnumerable<string> stream = texts.ToAsyncEnumerable();
        List<int> topics = [];
        await foreach (PredictionOutcome outcome in client.Predictions.PredictStreamAsync("news", stream, cancellationToken: Token))
        {
            topics.Add(outcome.EnsureSucceeded().TopicId);
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(static number => number % 2), topics);
        Assert.Equal(2, _fake.Calls.Count);
        Assert.Equal(texts, _fake.Calls[1].Texts);
    }

    [Fact]
    public async Task PredictAsync_Cancelled_IsACancellation()
    {
        _fake.Latency = Timeout.InfiniteTimeSpan;
        using TopicGrpcClient client = _fake.CreateClient();
        using CancellationTokenSource stop = new();

        Task<Prediction> prediction = client.PredictAsync("news", "text", cancellationToken: stop.Token);
        await _fake.WaitForCallsAsync(1, Token);
        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => prediction);
    }

    [Fact]
    public async Task HttpHandler_InAContainer_LeadsToTheFake()
    {
        _fake.Models.Add("news", SampleTopics.All);
        _fake.OnPredict((_, _) => 1);
        ServiceCollection services = new();
        services.AddTopicGrpcClient(options =>
        {
            options.Address = new Uri("http://fake");
            options.HttpHandler = _fake.HttpHandler;
        });
        await using ServiceProvider provider = services.BuildServiceProvider();

        Prediction prediction = await provider.GetRequiredService<TopicGrpcClient>().PredictAsync("news", "text", cancellationToken: Token);

        Assert.Equal(1, prediction.TopicId);
    }
}
