using System.Runtime.CompilerServices;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Shadowing;

/// <summary>
/// The tally of each traffic policy. Policies are immutable objects and keys of a weak table: a call that started under an older policy
/// counts in that policy's tally, and both are collected when no call refers to the policy.
/// </summary>
internal sealed class ShadowTallies(TimeProvider clock)
{
    private readonly ConditionalWeakTable<TrafficPolicy, ShadowTally> _tallies = [];
    private readonly DateTimeOffset _started = clock.GetUtcNow();

    public ShadowTally Of(TrafficPolicy policy) =>
        _tallies.GetValue(policy, policy => new ShadowTally(policy.Since > _started ? policy.Since : _started));
}
