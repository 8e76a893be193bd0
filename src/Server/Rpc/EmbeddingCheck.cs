using Microsoft.Extensions.Diagnostics.HealthChecks;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Rpc;

/// <summary>Health of the encoder: whether none of its threads hangs.</summary>
internal sealed class EmbeddingCheck(EmbeddingWatchdog watchdog) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) => Task.FromResult(
        watchdog.Hanging == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Unhealthy(FormattableString.Invariant($"The encoder hangs on {watchdog.Hanging} threads.")));
}
