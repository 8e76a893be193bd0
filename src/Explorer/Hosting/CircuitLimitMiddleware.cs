using Microsoft.AspNetCore.Http;

namespace TopicGrpc.Explorer.Hosting;

/// <summary>Rejects new pages beyond the limit.</summary>
internal sealed class CircuitLimitMiddleware(RequestDelegate next, CircuitLimit limit)
{
    public Task InvokeAsync(HttpContext context)
    {
        if (!limit.IsReached || !context.Request.Path.StartsWithSegments("/_blazor/negotiate", StringComparison.Ordinal))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "30";
        return Task.CompletedTask;
    }
}
