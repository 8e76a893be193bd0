using Microsoft.Extensions.Diagnostics.HealthChecks;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// Health: SERVING from startup until shutdown begins, except while the member is drained. Degraded, which still reports SERVING, if a
/// version in service cannot be loaded.
/// </summary>
internal sealed class ReadyCheck(ModelRegistry models, ServerDrain drain, IMembers members) : IHealthCheck
{
    private const int MostNames = 10;

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken)
    {
        if (drain.HasStarted)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The server is shutting down."));
        }

        if (members.Own.State == MemberState.Draining)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy("The member is drained; 'topicgrpc cluster drain --undo' ends this."));
        }

        string[] failed =
        [
            .. models.Current.Models.Values
                .Where(static model => model.InService.Any(number => model.Versions[number].Error is not null))
                .Select(static model => model.Id)
                .Order(StringComparer.Ordinal)
                .Take(MostNames + 1),
        ];
        return Task.FromResult(failed.Length == 0
            ? HealthCheckResult.Healthy()
            : HealthCheckResult.Degraded(
                "Models with a version that cannot be loaded: " + string.Join(", ", failed.Take(MostNames))
                + (failed.Length > MostNames ? " and more" : "")));
    }
}
