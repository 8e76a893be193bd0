namespace TopicGrpc.Server.OpenApi;

/// <summary>Serves the OpenAPI document and a page that shows it.</summary>
internal static class OpenApiRoutes
{
    // The page is one file: nothing is loaded from another address.
    private const string PagePolicy =
        "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; connect-src 'self'";

    /// <summary>Maps <c>/openapi.json</c> and <c>/docs</c>.</summary>
    public static void MapOpenApi(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/openapi.json", static () => Results.Bytes(OpenApiDocument.Bytes, "application/json; charset=utf-8"));
        routes.MapGet("/docs", static (HttpContext context) =>
        {
            context.Response.Headers.ContentSecurityPolicy = PagePolicy;
            return Results.Stream(typeof(OpenApiRoutes).Assembly.GetManifestResourceStream("page.html")!, "text/html; charset=utf-8");
        });
    }
}
