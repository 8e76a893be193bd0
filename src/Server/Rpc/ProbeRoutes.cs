using Microsoft.Extensions.Diagnostics.HealthChecks;
using TopicGrpc.Server.Access;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Health over HTTP, for orchestrators: the process works, calls are answered, the start is complete. Details such as the names of models
/// are in the health service's log, not in the answer, because probes need no authentication.
/// </summary>
internal static class ProbeRoutes
{
    public static void MapProbes(this WebApplication application)
    {
        HealthCheckService health = application.Services.GetRequiredService<HealthCheckService>();
        IHostApplicationLifetime lifetime = application.Lifetime;
        RouteGroupBuilder probes = application.MapGroup(string.Empty);
        probes.WithMetadata(RouteAccess.Open);
        probes.MapGet("/livez", static context => AnswerAsync(context, isHealthy: true, "ok"));
        probes.MapGet("/startupz", context =>
            lifetime.ApplicationStarted.IsCancellationRequested
                ? AnswerAsync(context, isHealthy: true, "ok")
                : AnswerAsync(context, isHealthy: false, "The server is starting."));
        probes.MapGet("/readyz", async context =>
        {
            HealthReport report = await health.CheckHealthAsync(
                static check => check.Name == HealthRegistration.Ready,
                context.RequestAborted);
            await (report.Status switch
            {
                HealthStatus.Healthy => AnswerAsync(context, isHealthy: true, "ok"),
                HealthStatus.Degraded => AnswerAsync(context, isHealthy: true, "ok; a model has a version that cannot be loaded"),
                _ => AnswerAsync(context, isHealthy: false, "The server is shutting down."),
            });
        });
    }

    private static Task AnswerAsync(HttpContext context, bool isHealthy, string text)
    {
        context.Response.StatusCode = isHealthy ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(text + "\n", context.RequestAborted);
    }
}
