using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Cluster.ObjectStore.Opening;

/// <summary>
/// What the last attempts found out about the store: instruments, and the health of the services that write. Predictions do not depend on
/// it.
/// </summary>
internal sealed class ObjectStoreHealth : IHealthCheck
{
    // One failed attempt is retried; a run of them is an outage.
    private const int FailuresOfAnOutage = 3;

    private readonly Histogram<double> _attempts;
    private int _failures;

    public ObjectStoreHealth(Meter meter)
    {
        _attempts = meter.CreateDurations(
            "topicgrpc.object_store.attempt.duration", "Time of one attempt of a call of the object store, by outcome.");
    }

    /// <summary>Whether the last attempts failed because the store is away.</summary>
    public bool IsFailing => Volatile.Read(ref _failures) >= FailuresOfAnOutage;

    /// <summary>Records an attempt.</summary>
    /// <param name="duration">Its duration.</param>
    /// <param name="error">Reason of its failure; null after a success.</param>
    public void Attempted(TimeSpan duration, ObjectStoreError? error)
    {
        _attempts.Record(duration.TotalSeconds, new TagList { { "outcome", error?.ToString() ?? "Succeeded" } });
        if (error is ObjectStoreError.Unavailable or ObjectStoreError.TimedOut)
        {
            Interlocked.Increment(ref _failures);
        }
        else
        {
            // A missing object or a rejected call is an answer too.
            Volatile.Write(ref _failures, 0);
        }
    }

    /// <inheritdoc/>
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken) =>
        Task.FromResult(IsFailing ? HealthCheckResult.Unhealthy("The object store is unavailable.") : HealthCheckResult.Healthy());
}
