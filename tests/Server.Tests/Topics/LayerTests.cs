using Grpc.Core;
using TopicGrpc.V1;
using Operation = TopicGrpc.V1.VersionOperation;
using Parts = TopicGrpc.V1.VersionOperation.Types;

namespace TopicGrpc.Server.Tests.Topics;

public sealed class LayerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Layers_FittedVersion_AreListedPredictedAndCharted()
    {
        await using TestServer server = await TestServer.FittedAsync();
        ListTopicLayersResponse layers = await server.Topics.ListTopicLayersAsync(
            new ListTopicLayersRequest { Selector = Selector(1) }, cancellationToken: Token);

        Assert.Equal("models/m/versions/1", layers.ModelVersion);
        Assert.Contains(layers.Layers, static layer => layer.Layer == "topics");
        Assert.InRange(layers.Layers.Count, 2, 11);
        foreach (TopicLayer layer in layers.Layers)
        {
            IReadOnlyList<LayerTopic> topics = await AllAsync(server, 1, layer.Layer);
            Assert.Equal(layer.TopicCount, topics.Count);
            Assert.Equal(layer.DocumentCount, topics.Sum(static topic => topic.DocumentCount));
            Assert.All(topics, static topic => Assert.NotEmpty(topic.Words));
            Assert.Equal(layer == layers.Layers[^1], topics.All(static topic => topic.Parent is null));
        }

        PredictResponse answer = await server.Predictions.PredictAsync(
            new PredictRequest
            {
                Selector = Selector(1),
                Text = "rocket orbit lunar",
                Options = new PredictOptions { IncludePath = true },
            },
            cancellationToken: Token);
        LayerTopicRef own = Assert.Single(answer.Prediction.Path, static topic => topic.Layer == "topics");
        Assert.Equal((answer.Prediction.TopicId, answer.Prediction.TopicUid), (own.TopicId, own.TopicUid));
        Assert.Equal(answer.Prediction.Path, answer.Prediction.Path.OrderBy(
            topic => layers.Layers.Select(static layer => layer.Layer).ToList().IndexOf(topic.Layer)));

        RenderChartResponse chart = await server.Topics.RenderChartAsync(
            new RenderChartRequest { Selector = Selector(1), Kind = RenderChartRequest.Types.Kind.Layers }, cancellationToken: Token);
        string svg = chart.Content.ToStringUtf8();
        Assert.All(layers.Layers, layer => Assert.Contains($">{layer.Layer}<", svg, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Layers_UnknownLayer_SaysWhichExist()
    {
        await using TestServer server = await TestServer.FittedAsync();
        RpcException unknown = await Refusal.ExpectAsync(
            StatusCode.NotFound, "LAYER_NOT_FOUND", () => PageAsync(server, 1, "coarser-77", ""));
        RpcException blank = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument, "INVALID_FIELD", () => PageAsync(server, 1, " ", ""));
        RpcException finer = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            "INVALID_FIELD",
            () => server.DeriveAsync(1, new Operation { ReduceTopics = new Parts.ReduceTopics { Layer = "topics" } }, ""));

        Assert.Contains("topics", unknown.Status.Detail, StringComparison.Ordinal);
        Assert.Equal(["layer"], Refusal.Fields(blank));
        Assert.Equal(["operation.reduce_topics.layer"], Refusal.Fields(finer));
    }

    [Fact]
    public async Task SplitTopic_MergedThemes_SplitsThemAndKeepsTheOthersAlsoAfterARestart()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation
        {
            MergeTopics = new Parts.MergeTopics { Groups = { new Parts.MergeTopics.Types.Group { TopicIds = { 2, 3 } } } },
        });
        ListTopicsResponse merged = await server.TopicsAsync(2);

        await SucceedAsync(server, 2, new Operation { SplitTopic = new Parts.SplitTopic { TopicId = 0, MinClusterSize = 10 } });
        ListTopicsResponse split = await server.TopicsAsync(3);
        PredictResponse before = await PredictAsync(server, 3, "rocket orbit lunar");
        await server.StopAsync();
        await server.StartAgainAsync();
        PredictResponse after = await PredictAsync(server, 3, "rocket orbit lunar");

        Assert.True(split.Topics.Count > merged.Topics.Count);
        Assert.Equal(
            merged.Topics.Sum(static topic => topic.DocumentCount), split.Topics.Sum(static topic => topic.DocumentCount));
        Assert.All(
            merged.Topics.Where(static topic => topic.TopicId > 0),
            topic => Assert.Equal(topic.DocumentCount, split.Topics.Single(other => other.Uid == topic.Uid).DocumentCount));
        Assert.Equal(before.Prediction, after.Prediction);
        Assert.Contains(split.Topics, topic => topic.TopicId == before.Prediction.TopicId);
    }

    [Fact]
    public async Task RefitOutliers_DeletedTopic_FindsItAgain()
    {
        await using TestServer server = await TestServer.FittedAsync();
        await SucceedAsync(server, 1, new Operation { DeleteTopics = new Parts.DeleteTopics { TopicIds = { 1, 2 } } });

        await SucceedAsync(server, 2, new Operation { RefitOutliers = new Parts.RefitOutliers { MinClusterSize = 10 } });

        ListTopicsResponse deleted = await server.TopicsAsync(2);
        ListTopicsResponse refit = await server.TopicsAsync(3);
        Assert.True(refit.OutlierCount < deleted.OutlierCount);
        Assert.All(
            deleted.Topics.Where(static topic => topic.TopicId >= 0),
            topic => Assert.Equal(topic.DocumentCount, refit.Topics.Single(other => other.Uid == topic.Uid).DocumentCount));
    }

    [Fact]
    public async Task SplitTopic_TopicOrSizeOutOfRange_IsRejectedWithTheField()
    {
        await using TestServer server = await TestServer.FittedAsync();

        foreach ((Operation operation, string field) in ((Operation, string)[])
        [
            (new Operation { SplitTopic = new Parts.SplitTopic { TopicId = -1 } }, "operation.split_topic.topic_id"),
            (new Operation { SplitTopic = new Parts.SplitTopic { TopicId = 99 } }, "operation.split_topic.topic_id"),
            (new Operation { SplitTopic = new Parts.SplitTopic { MinClusterSize = 1 } }, "operation.split_topic.min_cluster_size"),
            (new Operation { RefitOutliers = new Parts.RefitOutliers { MinClusterSize = 1 } }, "operation.refit_outliers.min_cluster_size"),
        ])
        {
            RpcException rejected = await Refusal.ExpectAsync(
                StatusCode.InvalidArgument, "INVALID_FIELD", () => server.DeriveAsync(1, operation, ""));
            Assert.Equal([field], Refusal.Fields(rejected));
        }
    }

    private static ModelSelector Selector(long version) => new() { Model = "models/m", VersionNumber = version };

    private static async Task<IReadOnlyList<LayerTopic>> AllAsync(TestServer server, long version, string layer)
    {
        List<LayerTopic> topics = [];
        string token = "";
        do
        {
            ListLayerTopicsResponse page = await PageAsync(server, version, layer, token);
            topics.AddRange(page.Topics);
            token = page.NextPageToken;
        }
        while (token.Length > 0);
        return topics;
    }

    private static async Task<ListLayerTopicsResponse> PageAsync(TestServer server, long version, string layer, string token) =>
        await server.Topics.ListLayerTopicsAsync(
            new ListLayerTopicsRequest { Selector = Selector(version), Layer = layer, PageSize = 3, PageToken = token },
            cancellationToken: Token);

    private static async Task<PredictResponse> PredictAsync(TestServer server, long version, string text)
    {
        PredictResponse response = await server.Predictions.PredictAsync(
            new PredictRequest { Selector = Selector(version), Text = text, Options = new PredictOptions { IncludePath = true } },
            cancellationToken: Token);
        return response;
    }

    private static async Task SucceedAsync(TestServer server, long parent, Operation operation)
    {
        Fit fit = await server.DeriveAsync(parent, operation, "");
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
    }
}
