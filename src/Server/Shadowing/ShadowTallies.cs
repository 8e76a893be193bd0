using System.Runtime.CompilerServices;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Shadowing;

/// <summary>
/// The tally of each traffic policy. A policy is an object that never changes, so its tally hangs on it: a call that began
/// under an older policy counts there, and both go when nobody looks at that policy any more.
/// </summary>
internal sealed class ShadowTallies(TimeProvider clock)
{
    private readonly ConditionalWeakTable<TrafficRoute, ShadowTally> _tallies = [];
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public ShadowTally Of(TrafficRoute traffic) =>
        _tallies.GetValue(traffic, policy => new ShadowTally(policy.Since > _started ? policy.Since : _started));
}
