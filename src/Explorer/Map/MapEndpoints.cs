using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Sessions;

namespace TopicGrpc.Explorer.Map;

/// <summary>
/// Data of maps for the script of the page, below <c>maps/{model}/{version}/</c>. The calls have the credential of the visitor's session.
/// </summary>
internal static class MapEndpoints
{
    private const int MaxRows = 100;
    private const int TextLength = 600;

    /// <summary>Adds the endpoints.</summary>
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        RouteGroupBuilder maps = endpoints.MapGroup("maps/{model}/{version:long}");
        maps.MapGet("meta", (HttpContext context, Visitor visitor, string model, long version) =>
            CallAsync(context, visitor, client => MetaAsync(client, Of(model, version), context.RequestAborted)));
        maps.MapGet("points", (HttpContext context, Visitor visitor, string model, long version) =>
            CallAsync(context, visitor, client => PointsAsync(client, Of(model, version), context)));
        maps.MapGet("column", (HttpContext context, Visitor visitor, string model, long version, string? attribute) =>
            CallAsync(context, visitor, client => ColumnAsync(client, Of(model, version), attribute ?? "", context.RequestAborted)));
        maps.MapGet("changes", (HttpContext context, Visitor visitor, string model, long version, long since) =>
            CallAsync(context, visitor, client => ChangesAsync(client, Of(model, version), since, context.RequestAborted)));
        maps.MapGet("documents", (HttpContext context, Visitor visitor, string model, long version, string rows) =>
            CallAsync(context, visitor, client => DocumentsAsync(client, Of(model, version), rows, context.RequestAborted)));
        maps.MapGet("search", (HttpContext context, Visitor visitor, string model, long version, string query) =>
            CallAsync(context, visitor, client => SearchAsync(client, Of(model, version), query, context.RequestAborted)));
    }

    private static ModelSelector Of(string model, long version) => new(model) { Version = version };

    private static async Task<IResult> CallAsync(HttpContext context, Visitor visitor, Func<TopicGrpcClient, Task<IResult>> call)
    {
        context.Response.Headers.CacheControl = "no-store";
        try
        {
            return await visitor.FindAsync(context) is { } session
                ? await call(session.Client)
                : Results.Text("Sign in first.", statusCode: StatusCodes.Status401Unauthorized);
        }
        catch (TopicGrpcException exception)
        {
            int status = exception switch
            {
                UnauthenticatedException => StatusCodes.Status401Unauthorized,
                PermissionDeniedException => StatusCodes.Status403Forbidden,
                ModelNotFoundException or ResourceNotFoundException => StatusCodes.Status404NotFound,
                InvalidRequestException => StatusCodes.Status400BadRequest,
                _ when exception.IsTransient => StatusCodes.Status503ServiceUnavailable,
                _ => StatusCodes.Status409Conflict,
            };
            return Results.Text(exception.Message, statusCode: status);
        }
    }

    private static async Task<IResult> MetaAsync(TopicGrpcClient client, ModelSelector model, CancellationToken cancellationToken)
    {
        TopicMap map = await client.Maps.GetAsync(model, cancellationToken);
        TopicList topics = await client.Topics.ListAsync(
            model, new ListTopicsOptions { IncludeRepresentativeDocuments = false }, cancellationToken);
        MapColumns? columns = null;
        try
        {
            columns = await client.Maps.ListColumnsAsync(model, cancellationToken);
        }
        catch (TopicGrpcException gone) when (gone.Status == TopicGrpcStatus.FailedPrecondition)
        {
            // The corpus was deleted: the points remain.
        }

        return Results.Json(MapMeta.Of(map, topics, columns));
    }

    private static async Task<IResult> PointsAsync(TopicGrpcClient client, ModelSelector model, HttpContext context)
    {
        TopicMap map = await client.Maps.GetAsync(model, context.RequestAborted);
        if (context.Request.Query["etag"] == map.Etag)
        {
            // The address names the content, so it never changes.
            context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
        }

        return Results.Bytes(MapFiles.Points(map), "application/octet-stream");
    }

    private static async Task<IResult> ColumnAsync(
        TopicGrpcClient client, ModelSelector model, string attribute, CancellationToken cancellationToken) => Results.Bytes(
        attribute.Length == 0
            ? MapFiles.Times(await client.Maps.GetTimesAsync(model, cancellationToken))
            : MapFiles.Classes(await client.Maps.GetClassesAsync(model, attribute, cancellationToken)),
        "application/octet-stream");

    private static async Task<IResult> ChangesAsync(
        TopicGrpcClient client, ModelSelector model, long since, CancellationToken cancellationToken) => Results.Bytes(
        MapFiles.Classes(await MapChanges.ReadAsync(client, model, since, cancellationToken)), "application/octet-stream");

    private static async Task<IResult> DocumentsAsync(
        TopicGrpcClient client, ModelSelector model, string rows, CancellationToken cancellationToken)
    {
        List<int> wanted = [];
        foreach (string text in rows.Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int row) || wanted.Count == MaxRows)
            {
                return Results.Text($"rows: must be 1 to {MaxRows} numbers.", statusCode: StatusCodes.Status400BadRequest);
            }

            wanted.Add(row);
        }

        IReadOnlyList<MapDocument> documents = await client.Maps.GetDocumentsAsync(model, wanted, TextLength, cancellationToken);
        return Results.Json(documents.Select(static document =>
            new MapMetaDocument(document.Row, document.DocumentId, document.Text, document.Attributes)));
    }

    private static async Task<IResult> SearchAsync(
        TopicGrpcClient client, ModelSelector model, string query, CancellationToken cancellationToken)
    {
        MapMatches found = await client.Maps.SearchAsync(model, query, cancellationToken);
        return Results.Json(new { rows = found.Rows, count = found.Count });
    }
}
