using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace TopicGrpc.Explorer.Hosting;

/// <summary>
/// Rejects requests that pages of other origins send, and bounds the body of a form. Browsers send WebSocket handshakes to any origin, so
/// the check of forms does not cover them.
/// </summary>
internal sealed class OriginCheck(RequestDelegate next, ExplorerOptions options)
{
    private const int MaxBodyBytes = 1 << 20;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body)
        {
            body.MaxRequestBodySize = MaxBodyBytes;
        }

        HttpRequest request = context.Request;
        if (options.RequiresLocalHost && !IsLocal(request.Host.Host))
        {
            return RejectAsync(context, "The page is served on this machine only; open it as http://127.0.0.1 or http://localhost.");
        }

        string origin = request.Headers.Origin.ToString();
        return origin.Length == 0 || IsOwn(origin, request)
            ? next(context)
            : RejectAsync(context, "The request comes from a page of another origin.");
    }

    // A proxy may end TLS, so the schemes of page and request can differ.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out Uri? source)
        && HostString.FromUriComponent(source).ToString().Equals(request.Host.ToString(), StringComparison.OrdinalIgnoreCase);

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address) && IPAddress.IsLoopback(address));

    private static Task RejectAsync(HttpContext context, string message)
    {
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message, context.RequestAborted);
    }
}
