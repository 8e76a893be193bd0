using System.Collections.Concurrent;

namespace TopicGrpc.Server.Access;

/// <summary>The use of quotas by caller. Only callers with a quota have an entry; their number is that of the keys.</summary>
internal sealed class CallerQuotas(TimeProvider clock)
{
    private readonly ConcurrentDictionary<string, CallerQuota> _quotas = new(StringComparer.Ordinal);

    /// <summary>Returns what a caller has used.</summary>
    public CallerQuota Of(Caller caller) => caller.Quota == Quota.None
        ? CallerQuota.Unlimited
        : _quotas.GetOrAdd(caller.Id, static (_, given) => new CallerQuota(given.Quota, given.Clock), (caller.Quota, Clock: clock));
}
