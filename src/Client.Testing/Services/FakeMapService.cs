using Grpc.Core;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.Scripts;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Answers calls for maps from scripts.</summary>
internal sealed class FakeMapService(MapScript script) : Wire.MapService.MapServiceBase
{
    public override Task<Wire.GetMapResponse> GetMap(Wire.GetMapRequest request, ServerCallContext context)
    {
        Wire.GetMapResponse whole = MapMapping.Map(script.Map(SelectorFromWire.Map(request.Selector)));
        return Task.FromResult(request.Etag.Length > 0 && request.Etag == whole.Etag
            ? new Wire.GetMapResponse { ModelVersion = whole.ModelVersion, Etag = whole.Etag, NotModified = true }
            : whole);
    }

    public override Task<Wire.ListMapColumnsResponse> ListMapColumns(Wire.ListMapColumnsRequest request, ServerCallContext context) =>
        Task.FromResult(MapToWire.Map(script.Columns(SelectorFromWire.Map(request.Selector))));

    public override Task<Wire.GetMapColumnResponse> GetMapColumn(Wire.GetMapColumnRequest request, ServerCallContext context)
    {
        ModelSelector model = SelectorFromWire.Map(request.Selector);
        return Task.FromResult(request.Attribute.Length == 0
            ? MapToWire.Map(script.Times(model))
            : MapToWire.Map(script.Classes(model, request.Attribute)));
    }

    public override Task<Wire.BatchGetMapDocumentsResponse> BatchGetMapDocuments(
        Wire.BatchGetMapDocumentsRequest request, ServerCallContext context)
    {
        ModelSelector model = SelectorFromWire.Map(request.Selector);
        return Task.FromResult(new Wire.BatchGetMapDocumentsResponse
        {
            ModelVersion = request.Selector.HasVersionNumber ? $"{request.Selector.Model}/versions/{request.Selector.VersionNumber}" : "",
            Documents = { script.Documents(model, [.. request.Rows]).Select(MapToWire.Map) },
        });
    }

    public override Task<Wire.SearchMapDocumentsResponse> SearchMapDocuments(
        Wire.SearchMapDocumentsRequest request, ServerCallContext context)
    {
        if (string.IsNullOrWhiteSpace(request.Query))
        {
            throw StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, ErrorReasons.InputEmpty, "The query is empty.");
        }

        return Task.FromResult(MapToWire.Map(script.Search(SelectorFromWire.Map(request.Selector), request.Query)));
    }

    public override Task<Wire.LocateTextResponse> LocateText(Wire.LocateTextRequest request, ServerCallContext context)
    {
        ModelSelector model = SelectorFromWire.Map(request.Selector);
        return Task.FromResult(MapToWire.Map(request.Embedding.Count > 0
            ? script.EmbeddingLocation(model, request.Embedding.ToArray())
            : script.Location(model, request.Text)));
    }
}
