using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>
/// The page behind the redirect of the provider. It opens the view from the page's own origin: browsers send a cookie with
/// <c>SameSite=Strict</c> to no address that a redirect of another site leads to.
/// </summary>
internal static class ContinuePage
{
    /// <summary>Writes the page.</summary>
    /// <param name="context">The request.</param>
    /// <param name="path">View to open, relative to the page.</param>
    public static Task WriteAsync(HttpContext context, string path)
    {
        string root = HtmlEncoder.Default.Encode(context.Request.PathBase + "/");
        string target = HtmlEncoder.Default.Encode(path == "." ? "" : path);
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(
            $"""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>Signed in · TopicGrpc</title>
            <meta http-equiv="refresh" content="0;url={root}{target}"><link rel="stylesheet" href="{root}assets/css/app.css"></head>
            <body><main class="narrow"><h1>You are signed in</h1><p><a href="{root}{target}">Continue</a></p></main></body></html>
            """,
            context.RequestAborted);
    }
}
