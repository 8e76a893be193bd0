using Grpc.Core;
using TopicGrpc.Client.Configuration;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Sdk.Tests.Fakes;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Calls;

public sealed class TrafficTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SetTrafficPolicyAsync_PolicyAndEtag_ArriveAndComeBack()
    {
        FakeModelService service = new();
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = Client(server.Address);
        TrafficPolicy policy = new()
        {
            Targets = [new TrafficTarget(7, 7000), new TrafficTarget(8, 3000)],
            ShadowVersion = 9,
            ShadowSample = 50,
        };

        ModelInfo after = await client.Models.SetTrafficPolicyAsync("news", policy, "before", Token);
        await client.Models.SetTrafficPolicyAsync("news", TrafficPolicy.None, cancellationToken: Token);

        Assert.Equal(policy.Targets, after.Traffic!.Targets);
        Assert.Equal((9L, 50, "next"), (after.Traffic.ShadowVersion, after.Traffic.ShadowSample, after.Etag));
        Assert.Equal(["before", ""], service.Policies.Select(static request => request.Etag));
        Assert.Equal(new Wire.TrafficPolicy(), service.Policies.Last().TrafficPolicy);
    }

    [Fact]
    public async Task SetTrafficPolicyAsync_EtagNoLongerTrue_IsTypedAndNotRetried()
    {
        FakeModelService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.Aborted, "ETAG_MISMATCH"));
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = Client(server.Address);

        TopicGrpcException failure = await Assert.ThrowsAsync<TopicGrpcException>(
            () => client.Models.SetTrafficPolicyAsync("news", TrafficPolicy.None, "old", Token));

        Assert.Equal((TopicGrpcStatus.Aborted, "ETAG_MISMATCH"), (failure.Status, failure.Reason));
        Assert.Single(service.Policies);
    }

    [Fact]
    public async Task RollbackLabelAsync_ServerGoesDown_IsNotRetriedByItself()
    {
        FakeModelService service = new();
        service.Failures.Enqueue(Refusals.Make(StatusCode.Unavailable, "SERVER_DRAINING"));
        await using FakeServer server = await FakeServer.StartAsync(models: service);
        using TopicGrpcClient client = Client(server.Address);

        await Assert.ThrowsAsync<ServerUnavailableException>(
            () => client.Models.RollbackLabelAsync("news", "stable", cancellationToken: Token));
        ModelInfo after = await client.Models.RollbackLabelAsync("news", "stable", "tag", Token);

        Assert.Equal(2, service.Rollbacks.Count);
        Assert.Equal("tag", service.Rollbacks.Last().Etag);
        Assert.Equal(3, after.Labels["stable"]);
    }

    [Fact]
    public async Task GetShadowReportAsync_Counts_AreMapped()
    {
        await using FakeServer server = await FakeServer.StartAsync(models: new FakeModelService());
        using TopicGrpcClient client = Client(server.Address);

        ShadowReport report = await client.Models.GetShadowReportAsync("news", 5, Token);

        Assert.Equal(
            ("news", 8L, 8L, 2L, 5L, 4L),
            (report.Model, report.ShadowVersion, report.Compared, report.Disagreed, report.Dropped, report.Failed));
        Assert.Equal(0.75, report.Agreement);
        Assert.Equal(new TopicDisagreement(7, 3, "3_gpu", "tgpu", -1, "-1_the", "", 2), Assert.Single(report.Disagreements));
    }

    [Fact]
    public async Task RoutingKey_EveryKindOfCall_CarriesIt()
    {
        FakePredictionService service = new();
        await using FakeServer server = await FakeServer.StartAsync(predictions: service);
        using TopicGrpcClient client = Client(server.Address);
        PredictOptions options = new() { RoutingKey = "ann" };

        await client.Predictions.PredictAsync("news", "a text", options, Token);
        await client.Predictions.PredictEmbeddingAsync("news", new float[] { 1 }, options, Token);
        await client.Predictions.PredictStreamAsync("news", new[] { "a text" }.ToAsyncEnumerable(), options, Token).ToListAsync(Token);

        Assert.Equal(["ann", "ann"], service.Requests.Select(static request => request.RoutingKey));
        Assert.Equal("ann", service.Opened.Single().RoutingKey);
    }

    private static TopicGrpcClient Client(Uri address) => new(new TopicGrpcClientOptions
    {
        Address = address,
        Retry = new RetryOptions { BaseDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(10) },
    });
}
