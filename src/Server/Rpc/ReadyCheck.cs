using Microsoft.Extensions.Diagnostics.HealthChecks;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Rpc;

/// <summary>SERVING as soon as calls are answered and until the server is told to stop; degraded, which still is SERVING, while a version in service cannot be loaded.</summary>
internal sealed class ReadyCheck(ModelRegistry models, ServerDrain drain) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (drain.HasBegun)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The server is going down."));
        }

        string[] failed = [.. models.Current.Models.Values.Where(static model => model.InService.Any(number => model.Versions[number].Error is not null)).Select(static model => model.Id)];
        return Task.FromResult(failed.Length == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("No version in service: " + string.Join(", ", failed)));
    }
}
