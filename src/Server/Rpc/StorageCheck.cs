using Microsoft.Extensions.Diagnostics.HealthChecks;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Rpc;

/// <summary>Health of the storage: whether documents and fits can be stored.</summary>
internal sealed class StorageCheck(DiskSpace space, MetadataDatabase database) : IHealthCheck
{
    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Check());

    private HealthCheckResult Check()
    {
        if (database.IsFailing)
        {
            return HealthCheckResult.Unhealthy("The metadata database fails.");
        }

        return space.IsShort ? HealthCheckResult.Unhealthy("The disk of the data folder is full.") : HealthCheckResult.Healthy();
    }
}
