using System.Globalization;
using Grpc.Core;
using TopicGrpc.Shared;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Topics;

/// <summary>F14: every unary call has a deadline that its computation obeys, and limits bound what a query may cost.</summary>
public sealed class CostlyQueryTests
{
    private const int TopicCount = 1100;

    private static readonly ModelSelector Selector = new() { Model = "models/m" };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task F14_QueriesOfManyTopics_EndWithTheDefaultDeadlineOrALimit()
    {
        await using TestServer server = await TestServer.StartAsync(("Server:DefaultDeadline", "00:00:03"), ("Receiving:MaxQueries", "2"));
        await FitManyTopicsAsync(server);

        RpcException hierarchy = await Assert.ThrowsAsync<RpcException>(() =>
            server.Topics.GetTopicHierarchyAsync(
                new GetTopicHierarchyRequest { Selector = Selector }, cancellationToken: Token).ResponseAsync);
        RpcException chart = await Assert.ThrowsAsync<RpcException>(
            () => RenderAsync(server, RenderChartRequest.Types.Kind.Hierarchy, maxTopics: 1000));
        RpcException heatmap = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidField,
            () => RenderAsync(server, RenderChartRequest.Types.Kind.Heatmap, maxTopics: 0));

        Assert.Equal(StatusCode.DeadlineExceeded, hierarchy.StatusCode);
        Assert.Equal(StatusCode.DeadlineExceeded, chart.StatusCode);
        Assert.Equal(["max_topics"], Refusal.Fields(heatmap));

        // Both places of the lane are free again, so the computations have ended with their calls.
        Assert.NotEmpty((await RenderAsync(server, RenderChartRequest.Types.Kind.Bars, maxTopics: 8, TestServer.Patience)).Content);
    }

    [Fact]
    public async Task F14_ExplainPrediction_TooManyWordsWithTokens_IsRejected()
    {
        await using TestServer server = await TestServer.FittedAsync();
        string text = string.Join(' ', Enumerable.Range(0, 10_001).Select(static index => ThemedTexts.Text(index).Split(' ')[0]));
        ExplainPredictionRequest request = new() { Selector = Selector, Text = text, IncludeTokens = true };

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            ErrorReasons.InputTooLarge,
            () => server.Predictions.ExplainPredictionAsync(request, cancellationToken: Token).ResponseAsync);
        request.IncludeTokens = false;
        ExplainPredictionResponse explained = await server.Predictions.ExplainPredictionAsync(request, cancellationToken: Token);

        Assert.Equal(["text"], Refusal.Fields(rejected));
        Assert.NotEmpty(explained.TopicName);
    }

    [Fact]
    public async Task F14_TopicIds_MoreThanAThousand_AreRejectedAndRepeatedOnesCountOnce()
    {
        await using TestServer server = await IngestedDocuments.FittedAsync();

        RpcException rejected = await Refusal.ExpectAsync(
            StatusCode.InvalidArgument,
            ErrorReasons.InvalidField,
            () => OverTimeAsync(server, Enumerable.Repeat(0, 1001)));
        ListTopicsOverTimeResponse once = await OverTimeAsync(server, [0]);
        ListTopicsOverTimeResponse repeated = await OverTimeAsync(server, Enumerable.Repeat(0, 1000));

        Assert.Equal(["topic_ids"], Refusal.Fields(rejected));
        Assert.Equal(once.Points, repeated.Points);
    }

    private static async Task FitManyTopicsAsync(TestServer server)
    {
        await server.CreateCorpusAsync("many");
        await using IngestCall call = await IngestCall.OpenAsync(server, "many", "s");
        Document[] documents = [.. Enumerable.Range(0, 2 * TopicCount).Select(static index => new Document
        {
            Id = string.Create(CultureInfo.InvariantCulture, $"d{index:00000}"),
            Text = string.Create(CultureInfo.InvariantCulture, $"word{index % TopicCount} term{index % TopicCount} both common"),
            Attributes = { { "key", string.Create(CultureInfo.InvariantCulture, $"k{index % TopicCount}") } },
        })];
        long offset = 0;
        foreach (Document[] chunk in documents.Chunk(1000))
        {
            await call.SendAsync(offset, chunk);
            await call.ReadAckAsync();
            offset += chunk.Length;
        }

        await call.CloseAsync();
        StartFitRequest request = TestServer.FitRequest("many", "m", "stable");
        request.Settings.TopicAttribute = "key";
        Fit fit = await server.FitAsync(request);
        Assert.True(fit.State == Fit.Types.State.Succeeded, fit.Error?.ToString());
        Assert.InRange(fit.Report.TopicCount, 1001, 2000);
    }

    private static Task<RenderChartResponse> RenderAsync(
        TestServer server,
        RenderChartRequest.Types.Kind kind,
        int maxTopics,
        DateTime? deadline = null) =>
        server.Topics.RenderChartAsync(
            new RenderChartRequest { Selector = Selector, Kind = kind, MaxTopics = maxTopics },
            deadline: deadline,
            cancellationToken: Token)
            .ResponseAsync;

    private static Task<ListTopicsOverTimeResponse> OverTimeAsync(TestServer server, IEnumerable<int> topicIds) =>
        server.Topics.ListTopicsOverTimeAsync(
            new ListTopicsOverTimeRequest { Selector = Selector, TopicIds = { topicIds } }, cancellationToken: Token).ResponseAsync;
}
