using System.Runtime.InteropServices;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Maps;

/// <summary>Maps of versions: their training documents as points on a plane. Thread-safe.</summary>
public class MapsClient
{
    private const int RowsOfCall = 100;

    private static readonly RpcMethod MapMethod = RpcMethod.Of(
        Wire.MapService.Descriptor, nameof(Wire.MapService.MapServiceClient.GetMap));
    private static readonly RpcMethod ColumnsMethod = RpcMethod.Of(
        Wire.MapService.Descriptor, nameof(Wire.MapService.MapServiceClient.ListMapColumns));
    private static readonly RpcMethod ColumnMethod = RpcMethod.Of(
        Wire.MapService.Descriptor, nameof(Wire.MapService.MapServiceClient.GetMapColumn));
    private static readonly RpcMethod DocumentsMethod = RpcMethod.Of(
        Wire.MapService.Descriptor, nameof(Wire.MapService.MapServiceClient.BatchGetMapDocuments));
    private static readonly RpcMethod SearchMethod = RpcMethod.Of(
        Wire.MapService.Descriptor, nameof(Wire.MapService.MapServiceClient.SearchMapDocuments));
    private static readonly RpcMethod LocateMethod = RpcMethod.Of(
        Wire.MapService.Descriptor, nameof(Wire.MapService.MapServiceClient.LocateText));

    private readonly ClientCore _core = null!;
    private readonly Wire.MapService.MapServiceClient _stub = null!;

    /// <summary>Creates a fake that overrides the members.</summary>
    protected MapsClient()
    {
    }

    internal MapsClient(ClientCore core)
    {
        _core = core;
        _stub = new Wire.MapService.MapServiceClient(core.Invoker);
    }

    /// <summary>
    /// Returns the map of a version. The first call for a version computes it, which takes about as long as the layout of a fit and
    /// continues if the call times out. A label that moves during the call does not mix versions.
    /// </summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The map.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version has no embeddings (NOT_AVAILABLE), or another failure.</exception>
    public virtual async Task<TopicMap> GetAsync(ModelSelector model, CancellationToken cancellationToken = default) =>
        (await ReadAsync(model, "", cancellationToken).ConfigureAwait(false))!;

    /// <summary>Returns the map of a version unless the caller has it.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="etag"><see cref="TopicMap.Etag"/> of the map that the caller has.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The map; null if the map of the version has the etag.</returns>
    /// <exception cref="ArgumentException">The etag is empty.</exception>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version has no embeddings (NOT_AVAILABLE), or another failure.</exception>
    public virtual Task<TopicMap?> GetIfChangedAsync(ModelSelector model, string etag, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(etag);
        return ReadAsync(model, etag, cancellationToken);
    }

    /// <summary>Lists what points can be colored by, in addition to topic and probability.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The columns.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The corpus was deleted (NOT_AVAILABLE), or another failure.</exception>
    public virtual async Task<MapColumns> ListColumnsAsync(ModelSelector model, CancellationToken cancellationToken = default)
    {
        Wire.ListMapColumnsRequest request = new() { Selector = SelectorMapping.Map(model) };
        return MapMapping.Map(await _core.Calls.RunAsync(
            ColumnsMethod, CallClass.Admin, _stub.ListMapColumnsAsync, request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the value of an attribute of every row.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="attribute">Name of the attribute.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The values.</returns>
    /// <exception cref="ArgumentException">The attribute is empty.</exception>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The corpus was deleted, no document has the attribute, or it has more than 65,536 distinct values (NOT_AVAILABLE), or another
    /// failure.
    /// </exception>
    public virtual async Task<MapClasses> GetClassesAsync(
        ModelSelector model, string attribute, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(attribute);
        IReadOnlyList<Wire.GetMapColumnResponse> pages = await ColumnAsync(model, attribute, cancellationToken).ConfigureAwait(false);
        (string name, long version) = WireNames.ParseVersion(pages[0].ModelVersion);
        return new MapClasses
        {
            Model = name,
            Version = version,
            Attribute = attribute,
            ClassNames = [.. pages[0].ClassNames],
            Classes = pages.SelectMany(static page => page.Classes).Select(static number => (int)number).ToArray(),
        };
    }

    /// <summary>Returns the time of every row.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The times.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The corpus was deleted or no document has a time (NOT_AVAILABLE), or another failure.
    /// </exception>
    public virtual async Task<MapTimes> GetTimesAsync(ModelSelector model, CancellationToken cancellationToken = default)
    {
        IReadOnlyList<Wire.GetMapColumnResponse> pages = await ColumnAsync(model, "", cancellationToken).ConfigureAwait(false);
        (string name, long version) = WireNames.ParseVersion(pages[0].ModelVersion);
        return new MapTimes
        {
            Model = name,
            Version = version,
            First = WireTimes.Time(pages[0].FirstTime) ?? default,
            Seconds = pages.SelectMany(static page => page.Seconds).ToArray(),
        };
    }

    /// <summary>Returns the documents of rows, in any number; the client asks for 100 at a time.</summary>
    /// <param name="model">Model and version; a label could move between two calls, so name the version if there are many rows.</param>
    /// <param name="rows">Rows of the map.</param>
    /// <param name="textLength">Most characters of a text, 1 to 5000. Default 1000.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The documents, in the order of the rows.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The version has no such row.</exception>
    /// <exception cref="Errors.TopicGrpcException">The corpus was deleted (NOT_AVAILABLE), or another failure.</exception>
    public virtual async Task<IReadOnlyList<MapDocument>> GetDocumentsAsync(
        ModelSelector model, IEnumerable<int> rows, int textLength = 1000, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(textLength, 1);
        List<MapDocument> documents = [];
        foreach (int[] part in rows.Chunk(RowsOfCall))
        {
            Wire.BatchGetMapDocumentsRequest request = new()
            {
                Selector = SelectorMapping.Map(model),
                Rows = { part },
                TextLength = textLength,
            };
            Wire.BatchGetMapDocumentsResponse response = await _core.Calls.RunAsync(
                DocumentsMethod, CallClass.Admin, _stub.BatchGetMapDocumentsAsync, request, cancellationToken).ConfigureAwait(false);
            documents.AddRange(response.Documents.Select(MapMapping.Map));
        }

        return documents;
    }

    /// <summary>Finds the rows whose text contains a string, regardless of case.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="query">The string, not only white space, up to 1024 bytes.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The rows.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The query is blank or too long.</exception>
    /// <exception cref="Errors.TopicGrpcException">The corpus was deleted (NOT_AVAILABLE), or another failure.</exception>
    public virtual async Task<MapMatches> SearchAsync(ModelSelector model, string query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        Wire.SearchMapDocumentsRequest request = new() { Selector = SelectorMapping.Map(model), Query = query };
        return MapMapping.Map(await _core.Calls.RunAsync(
            SearchMethod, CallClass.Admin, _stub.SearchMapDocumentsAsync, request, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Returns the position of a text on the map. Waits for the map as <see cref="GetAsync"/> does.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="text">The text, not only white space.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The position.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The text is blank or too long.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version has no embeddings (NOT_AVAILABLE), or another failure.</exception>
    public virtual Task<MapPosition> LocateAsync(ModelSelector model, string text, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(text);
        return LocateAsync(new Wire.LocateTextRequest { Selector = SelectorMapping.Map(model), Text = text }, cancellationToken);
    }

    /// <summary>Returns the position of an embedding on the map, without the encoder.</summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="embedding">Embedding of the version's encoder, such as <c>Prediction.Embedding</c>.</param>
    /// <param name="cancellationToken">Stops the call.</param>
    /// <returns>The position.</returns>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.InvalidRequestException">The embedding has another dimension, or is not finite.</exception>
    /// <exception cref="Errors.TopicGrpcException">The version has no embeddings (NOT_AVAILABLE), or another failure.</exception>
    public virtual Task<MapPosition> LocateAsync(
        ModelSelector model, ReadOnlyMemory<float> embedding, CancellationToken cancellationToken = default) =>
        LocateAsync(
            new Wire.LocateTextRequest { Selector = SelectorMapping.Map(model), Embedding = { MemoryMarshal.ToEnumerable(embedding) } },
            cancellationToken);

    private async Task<TopicMap?> ReadAsync(ModelSelector model, string etag, CancellationToken cancellationToken)
    {
        Wire.GetMapRequest request = new() { Selector = SelectorMapping.Map(model), Etag = etag };
        List<Wire.GetMapResponse> pages = [];
        do
        {
            Wire.GetMapResponse page = await _core.Calls.RunAsync(
                MapMethod, CallClass.Admin, _stub.GetMapAsync, request, cancellationToken).ConfigureAwait(false);
            if (page.NotModified)
            {
                return null;
            }

            pages.Add(page);
            request.Etag = "";
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return MapMapping.Map(pages);
    }

    private async Task<IReadOnlyList<Wire.GetMapColumnResponse>> ColumnAsync(
        ModelSelector model, string attribute, CancellationToken cancellationToken)
    {
        Wire.GetMapColumnRequest request = new() { Selector = SelectorMapping.Map(model), Attribute = attribute };
        List<Wire.GetMapColumnResponse> pages = [];
        do
        {
            pages.Add(await _core.Calls.RunAsync(
                ColumnMethod, CallClass.Admin, _stub.GetMapColumnAsync, request, cancellationToken).ConfigureAwait(false));
            request.PageToken = pages[^1].NextPageToken;
        }
        while (request.PageToken.Length > 0);
        return pages;
    }

    private async Task<MapPosition> LocateAsync(Wire.LocateTextRequest request, CancellationToken cancellationToken) =>
        MapMapping.Map(await _core.Calls.RunAsync(
            LocateMethod, CallClass.Admin, _stub.LocateTextAsync, request, cancellationToken).ConfigureAwait(false));
}
