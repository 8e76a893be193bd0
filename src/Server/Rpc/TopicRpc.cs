using Grpc.Core;
using TopicGrpc.Server.Charts;
using TopicGrpc.Server.Documents;
using TopicGrpc.Server.Topics;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>TopicService</c>.</summary>
internal sealed class TopicRpc(
    TopicListing topics,
    DocumentListing documents,
    LayerListing layers,
    TopicSearch search,
    TopicSlices slices,
    ChartRenderer charts) : TopicService.TopicServiceBase
{
    /// <inheritdoc/>
    public override Task<ListTopicsResponse> ListTopics(ListTopicsRequest request, ServerCallContext context) =>
        topics.ListAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetTopicResponse> GetTopic(GetTopicRequest request, ServerCallContext context) =>
        topics.GetAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListTopicDocumentsResponse> ListTopicDocuments(ListTopicDocumentsRequest request, ServerCallContext context) =>
        documents.ListAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SearchTopicsResponse> SearchTopics(SearchTopicsRequest request, ServerCallContext context) =>
        search.FindAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetTopicHierarchyResponse> GetTopicHierarchy(GetTopicHierarchyRequest request, ServerCallContext context) =>
        topics.GetHierarchyAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListTopicLayersResponse> ListTopicLayers(ListTopicLayersRequest request, ServerCallContext context) =>
        layers.ListAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListLayerTopicsResponse> ListLayerTopics(ListLayerTopicsRequest request, ServerCallContext context) =>
        layers.ListTopicsAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListTopicsOverTimeResponse> ListTopicsOverTime(ListTopicsOverTimeRequest request, ServerCallContext context) =>
        slices.OverTimeAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListTopicsPerClassResponse> ListTopicsPerClass(ListTopicsPerClassRequest request, ServerCallContext context) =>
        slices.PerClassAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<RenderChartResponse> RenderChart(RenderChartRequest request, ServerCallContext context) =>
        charts.RenderAsync(request, context.CancellationToken);
}
