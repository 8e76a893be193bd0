using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace TopicGrpc.Explorer.Assets;

/// <summary>
/// Serves the embedded files. Browsers ask each time whether a file changed, so a page of an updated server never runs an old script.
/// </summary>
internal sealed class AssetMiddleware(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        bool isRead = HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method);
        return isRead && AssetFiles.Find(context.Request.Path.Value ?? "") is { } asset ? WriteAsync(context, asset) : next(context);
    }

    private static async Task WriteAsync(HttpContext context, Asset asset)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = asset.ETag;
        response.Headers.CacheControl = "no-cache";
        response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (context.Request.Headers.IfNoneMatch.Contains(asset.ETag, StringComparer.Ordinal))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        bool isCompressed = Accepts(context.Request.Headers.AcceptEncoding);
        if (isCompressed)
        {
            response.Headers.ContentEncoding = "br";
        }

        byte[] body = isCompressed ? asset.Compressed : asset.Content;
        response.ContentType = asset.ContentType;
        response.ContentLength = body.Length;
        if (HttpMethods.IsGet(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted);
        }
    }

    private static bool Accepts(StringValues header) =>
        StringWithQualityHeaderValue.TryParseList(header, out IList<StringWithQualityHeaderValue>? accepted)
        && accepted.Any(static value => value.Value == "br" && value.Quality != 0);
}
