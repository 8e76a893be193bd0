using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Explorer.Hosting;

/// <summary>
/// Sets the headers that confine the page: scripts, styles and connections only from its own origin, nothing inline, no frame around it.
/// </summary>
internal sealed class PageHeaders(RequestDelegate next)
{
    /// <summary>Value of <c>Content-Security-Policy</c>.</summary>
    public const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'self'; "
        + "base-uri 'self'; frame-ancestors 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";

        // With "no-referrer", browsers also send "Origin: null" with the forms of the page itself.
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        return next(context);
    }
}
