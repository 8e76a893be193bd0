using Google.Protobuf;
using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Answers from scripts the queries that a server computes.</summary>
internal sealed partial class FakeTopicService
{
    private const int DefaultResults = 5;

    public override Task<Wire.SearchTopicsResponse> SearchTopics(Wire.SearchTopicsRequest request, ServerCallContext context)
    {
        FakeVersion version = Version(request.Selector);
        if (string.IsNullOrWhiteSpace(request.Query))
        {
            throw StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, ErrorReasons.InputEmpty, "The query is empty.");
        }

        Wire.SearchTopicsResponse response = new() { ModelVersion = version.ResourceName };
        response.Hits.AddRange(script.Search(SelectorFromWire.Map(request.Selector), request.Query)
            .Take(request.MaxResults > 0 ? request.MaxResults : DefaultResults)
            .Select(hit => new Wire.SearchTopicsResponse.Types.Hit
            {
                Topic = TopicToWire.Map(hit.Topic, version.ResourceName, wordCount: 0, omitDocuments: true),
                Similarity = hit.Similarity,
            }));
        return Task.FromResult(response);
    }

    public override Task<Wire.GetTopicHierarchyResponse> GetTopicHierarchy(
        Wire.GetTopicHierarchyRequest request, ServerCallContext context) =>
        Task.FromResult(QueryToWire.Map(script.Hierarchy(SelectorFromWire.Map(request.Selector))));

    public override Task<Wire.ListTopicLayersResponse> ListTopicLayers(Wire.ListTopicLayersRequest request, ServerCallContext context) =>
        Task.FromResult(QueryToWire.Map(script.Layers(SelectorFromWire.Map(request.Selector))));

    public override Task<Wire.ListLayerTopicsResponse> ListLayerTopics(Wire.ListLayerTopicsRequest request, ServerCallContext context) =>
        Task.FromResult(QueryToWire.Map(script.LayerTopics(SelectorFromWire.Map(request.Selector), request.Layer)));

    public override Task<Wire.ListTopicsOverTimeResponse> ListTopicsOverTime(
        Wire.ListTopicsOverTimeRequest request, ServerCallContext context) =>
        Task.FromResult(QueryToWire.Map(script.OverTime(SelectorFromWire.Map(request.Selector), QueryFromWire.Options(request))));

    public override Task<Wire.ListTopicsPerClassResponse> ListTopicsPerClass(
        Wire.ListTopicsPerClassRequest request, ServerCallContext context) =>
        Task.FromResult(
            QueryToWire.Map(script.PerClass(SelectorFromWire.Map(request.Selector), request.Attribute, QueryFromWire.Options(request))));

    public override Task<Wire.RenderChartResponse> RenderChart(Wire.RenderChartRequest request, ServerCallContext context)
    {
        string svg = script.Chart(SelectorFromWire.Map(request.Selector), QueryFromWire.Map(request.Kind), QueryFromWire.Options(request));
        return Task.FromResult(new Wire.RenderChartResponse
        {
            ContentType = "image/svg+xml",
            Content = ByteString.CopyFromUtf8(svg),
            ModelVersion = Version(request.Selector).ResourceName,
        });
    }
}
