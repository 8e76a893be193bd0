using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Testing;

namespace TopicGrpc.Client.Sdk.Tests.TestingPackage;

public sealed class FakeTrafficTests : IDisposable
{
    private readonly FakeTopicGrpc _fake = new();
    private readonly TopicGrpcClient _client;

    public FakeTrafficTests()
    {
        _client = _fake.CreateClient();
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.Add("news", SampleTopics.All);
        _fake.Models.SetLabel("news", "stable", 1);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _client.Dispose();
        _fake.Dispose();
    }

    [Fact]
    public async Task RollbackLabelAsync_MovedLabel_GoesBackOnce()
    {
        await _client.Models.SetLabelAsync("news", "stable", 2, Token);

        ModelInfo back = await _client.Models.RollbackLabelAsync("news", "stable", cancellationToken: Token);
        TopicGrpcException again = await Assert.ThrowsAsync<TopicGrpcException>(
            () => _client.Models.RollbackLabelAsync("news", "stable", cancellationToken: Token));
        ModelNotFoundException unknown = await Assert.ThrowsAsync<ModelNotFoundException>(
            () => _client.Models.RollbackLabelAsync("news", "canary", cancellationToken: Token));

        Assert.Equal(1, back.Labels["stable"]);
        Assert.Equal((TopicGrpcStatus.FailedPrecondition, "NOT_AVAILABLE"), (again.Status, again.Reason));
        Assert.Equal("LABEL_NOT_FOUND", unknown.Reason);
        Assert.Equal("RollbackLabel news", _fake.Calls[1].ToString());
    }

    [Fact]
    public async Task SetLabelAsync_EtagOfAnotherState_ChangesNothing()
    {
        ModelInfo read = await _client.Models.GetAsync("news", Token);
        LabelChange change = await _client.Models.SetLabelAsync("news", "stable", 2, read.Etag, Token);

        TopicGrpcException stale = await Assert.ThrowsAsync<TopicGrpcException>(
            () => _client.Models.SetLabelAsync("news", "stable", 3, read.Etag, Token));
        ModelInfo back = await _client.Models.RollbackLabelAsync("news", "stable", change.Model.Etag, Token);

        Assert.Equal((TopicGrpcStatus.Aborted, "ETAG_MISMATCH"), (stale.Status, stale.Reason));
        Assert.NotEqual(read.Etag, change.Model.Etag);
        Assert.Equal((1L, read.Etag), (back.Labels["stable"], back.Etag));
    }

    [Fact]
    public async Task SetTrafficPolicyAsync_Policy_IsKeptUntilItEnds()
    {
        TrafficPolicy policy = new()
        {
            Targets = [new TrafficTarget(1, 9000), new TrafficTarget(2, 1000)],
            ShadowVersion = 3,
            ShadowSample = 500,
        };
        ModelInfo before = await _client.Models.GetAsync("news", Token);

        ModelInfo set = await _client.Models.SetTrafficPolicyAsync("news", policy, before.Etag, Token);
        ModelInfo repeated = await _client.Models.SetTrafficPolicyAsync("news", policy, before.Etag, Token);
        TopicGrpcException stale = await Assert.ThrowsAsync<TopicGrpcException>(
            () => _client.Models.SetTrafficPolicyAsync("news", TrafficPolicy.None, before.Etag, Token));
        ModelInfo read = await _client.Models.GetAsync("news", Token);
        ModelInfo ended = await _client.Models.SetTrafficPolicyAsync("news", TrafficPolicy.None, set.Etag, Token);

        Assert.Equivalent(policy, read.Traffic, strict: true);
        Assert.Equal((set.Etag, "ETAG_MISMATCH"), (repeated.Etag, stale.Reason));
        Assert.NotEqual(before.Etag, set.Etag);
        Assert.Null(ended.Traffic);
        Assert.Equal(before.Etag, ended.Etag);
    }

    [Fact]
    public async Task SetTrafficPolicyAsync_WrongPolicy_IsRefused()
    {
        foreach (TrafficPolicy wrong in new TrafficPolicy[]
        {
            new() { Targets = [new TrafficTarget(1, 9000)] },
            new() { Targets = [new TrafficTarget(1, 5000), new TrafficTarget(1, 5000)] },
            new() { Targets = [new TrafficTarget(1, 10_000)], ShadowVersion = 1 },
            new() { ShadowVersion = 2, ShadowSample = 0 },
        })
        {
            InvalidRequestException refused = await Assert.ThrowsAsync<InvalidRequestException>(
                () => _client.Models.SetTrafficPolicyAsync("news", wrong, cancellationToken: Token));
            Assert.Equal("traffic_policy", refused.Details.Violations.Single().Field);
        }

        await Assert.ThrowsAsync<ModelNotFoundException>(
            () => _client.Models.SetTrafficPolicyAsync("news", new TrafficPolicy { ShadowVersion = 7 }, cancellationToken: Token));
        Assert.Null((await _client.Models.GetAsync("news", Token)).Traffic);
    }

    [Fact]
    public async Task Predictions_UnderAPolicy_GoToTheVersionThatItChooses()
    {
        _fake.OnPredict(static (_, _) => 0);
        _fake.OnPredictEmbedding(static (_, _) => 0);
        string[] texts = [.. Enumerable.Range(0, 40).Select(static number => $"text {number}")];
        await _client.Models.SetTrafficPolicyAsync(
            "news", new TrafficPolicy { Targets = [new TrafficTarget(2, 5000), new TrafficTarget(3, 5000)] }, cancellationToken: Token);

        Dictionary<string, long> byText = [];
        foreach (string text in texts)
        {
            byText[text] = (await _client.PredictAsync("news", text, cancellationToken: Token)).Version;
        }

        foreach (string text in texts.Take(8))
        {
            List<PredictionOutcome> stream = await _client.Predictions
                .PredictStreamAsync("news", new[] { text, "text 1", "text 2" }.ToAsyncEnumerable(), cancellationToken: Token)
                .ToListAsync(Token);
            Assert.All(stream, outcome => Assert.Equal(byText[text], outcome.EnsureSucceeded().Version));
            Assert.Equal(
                byText[text], (await _client.BatchPredictAsync("news", [text], cancellationToken: Token))[0].EnsureSucceeded().Version);
            Assert.Equal(
                byText["text 3"], (await _client.PredictAsync("news", text, new PredictOptions { RoutingKey = "text 3" }, Token)).Version);
        }

        // Worked out apart, by the rule of the contract.
        Assert.Equal(18, texts.Count(text => byText[text] == 2));
        Assert.Equal(1, (await _client.PredictAsync("news@stable", "text 0", cancellationToken: Token)).Version);
        Assert.Equal(2, (await _client.Predictions.PredictEmbeddingAsync("news", new float[] { 1, 2 }, cancellationToken: Token)).Version);
        await _client.Models.SetTrafficPolicyAsync("news", TrafficPolicy.None, cancellationToken: Token);
        Assert.Equal(1, (await _client.PredictAsync("news", "text 0", cancellationToken: Token)).Version);
    }

    [Fact]
    public async Task GetShadowReportAsync_ReportSetOrNot_IsThatOrFollowsThePolicy()
    {
        TopicGrpcException none = await Assert.ThrowsAsync<TopicGrpcException>(
            () => _client.Models.GetShadowReportAsync("news", cancellationToken: Token));
        await _client.Models.SetTrafficPolicyAsync("news", new TrafficPolicy { ShadowVersion = 3 }, cancellationToken: Token);
        ShadowReport empty = await _client.Models.GetShadowReportAsync("news", cancellationToken: Token);
        TopicDisagreement[] pairs =
        [
            new(1, 0, "0_gpu", "uid-0", 1, "1_space", "uid-1", 12),
            new(1, 1, "1_space", "uid-1", -1, "-1_the", "", 8),
        ];
        ShadowReport report = new()
        {
            Model = "news",
            ShadowVersion = 2,
            Since = new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero),
            Compared = 200,
            Disagreed = 20,
            Dropped = 3,
            Failed = 1,
            Disagreements = pairs,
        };
        _fake.Models.SetShadowReport(report);

        Assert.Equal("NOT_AVAILABLE", none.Reason);
        Assert.Contains("FakeModels.SetShadowReport", none.Message, StringComparison.Ordinal);
        Assert.Equal((3L, 0L, null), (empty.ShadowVersion, empty.Compared, empty.Agreement));
        Assert.Equivalent(report, await _client.Models.GetShadowReportAsync("news", cancellationToken: Token), strict: true);
        Assert.Equal([pairs[0]], (await _client.Models.GetShadowReportAsync("news", maxDisagreements: 1, Token)).Disagreements);
        Assert.Throws<ModelNotFoundException>(() => _fake.Models.SetShadowReport(report with { Model = "mail" }));
    }

    [Fact]
    public async Task DeleteVersionAsync_InUseOrNot_IsRefusedOrGone()
    {
        await _client.Models.SetLabelAsync("news", "stable", 2, Token);
        await _client.Models.SetTrafficPolicyAsync("news", new TrafficPolicy { ShadowVersion = 3 }, cancellationToken: Token);

        foreach (long used in new long[] { 2, 3 })
        {
            TopicGrpcException refused = await Assert.ThrowsAsync<TopicGrpcException>(
                () => _client.Models.DeleteVersionAsync("news", used, cancellationToken: Token));
            Assert.Equal((TopicGrpcStatus.FailedPrecondition, "IN_USE"), (refused.Status, refused.Reason));
        }

        await _client.Models.DeleteVersionAsync("news", 1, cancellationToken: Token);
        await _client.Models.DeleteVersionAsync("news", 1, allowMissing: true, Token);

        await Assert.ThrowsAsync<ModelNotFoundException>(() => _client.Models.DeleteVersionAsync("news", 1, cancellationToken: Token));
        await Assert.ThrowsAsync<TopicGrpcException>(() => _client.Models.RollbackLabelAsync("news", "stable", cancellationToken: Token));
        Assert.Equal(
            [3L, 2L], (await _client.Models.ListVersionsAsync("news", Token).ToListAsync(Token)).Select(static version => version.Version));
        Assert.Equal(4, _fake.Models.Add("news"));
    }

    [Fact]
    public async Task WatchAsync_Changes_AreTold()
    {
        List<ModelState> states = [];
        await foreach (ModelState state in _client.Models.WatchAsync("news", Token))
        {
            states.Add(state);
            switch (states.Count)
            {
                case 1:
                    _fake.Models.SetLabel("news", "stable", 3);
                    break;
                case 2:
                    await _client.Models.DeleteVersionAsync("news", 2, cancellationToken: Token);
                    break;
                case 3:
                    _fake.Models.Add("news");
                    break;
                default:
                    break;
            }

            if (states.Count == 4)
            {
                break;
            }
        }

        Assert.Equal([1, 3, 3, 3], states.Select(static state => state.Model.Labels["stable"]));
        Assert.Equal([3L, 2L, 1L], states[1].Versions.Select(static version => version.Version));
        Assert.Equal(
            [(3L, VersionState.Ready), (1L, VersionState.Ready), (2L, VersionState.Deleted)],
            states[2].Versions.Select(static version => (version.Version, version.State)));
        Assert.Equal([4L, 3L, 1L], states[3].Versions.Select(static version => version.Version));
    }

    [Fact]
    public async Task WatchAsync_Disposed_Fails()
    {
        using FakeTopicGrpc fake = new();
        fake.Models.Add("news");
        using TopicGrpcClient client = fake.CreateClient(static options => options.Retry.Enabled = false);
        await using IAsyncEnumerator<ModelState> states = client.Models.WatchAsync("news", Token).GetAsyncEnumerator(Token);
        Assert.True(await states.MoveNextAsync());

        fake.Dispose();

        await Assert.ThrowsAnyAsync<TopicGrpcException>(() => states.MoveNextAsync().AsTask());
    }
}
