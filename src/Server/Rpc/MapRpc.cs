using Grpc.Core;
using TopicGrpc.Server.Maps;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Rpc;

/// <summary>The contract's <c>MapService</c>.</summary>
internal sealed class MapRpc(MapReading map, MapColumns columns, MapDocuments documents, TextLocation location) : MapService.MapServiceBase
{
    /// <inheritdoc/>
    public override Task<GetMapResponse> GetMap(GetMapRequest request, ServerCallContext context) =>
        map.ReadAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ListMapColumnsResponse> ListMapColumns(ListMapColumnsRequest request, ServerCallContext context) =>
        columns.ListAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<GetMapColumnResponse> GetMapColumn(GetMapColumnRequest request, ServerCallContext context) =>
        columns.GetAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<BatchGetMapDocumentsResponse> BatchGetMapDocuments(
        BatchGetMapDocumentsRequest request, ServerCallContext context) => documents.GetAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<SearchMapDocumentsResponse> SearchMapDocuments(SearchMapDocumentsRequest request, ServerCallContext context) =>
        documents.SearchAsync(request, context.CancellationToken);

    /// <inheritdoc/>
    public override Task<LocateTextResponse> LocateText(LocateTextRequest request, ServerCallContext context) =>
        location.LocateAsync(request, context.CancellationToken);
}
