using System.Collections.Immutable;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Split of the texts of calls that name neither version nor label, and the version that receives a copy of them.</summary>
/// <param name="Targets">Versions whose weights sum to <see cref="Whole"/>; empty: the model's default version answers every text.</param>
/// <param name="Shadow">Number of the shadow version; 0 for none.</param>
/// <param name="ShadowSample">Share of the texts that the shadow version receives, in basis points.</param>
/// <param name="Since">When the policy was set.</param>
internal sealed record TrafficPolicy(ImmutableArray<TrafficTarget> Targets, long Shadow, int ShadowSample, DateTimeOffset Since)
{
    /// <summary>Sum of all weights, in basis points.</summary>
    public const int Whole = RoutingDraw.Whole;

    /// <summary>Whether the policy has no effect; a model without a policy behaves the same.</summary>
    public bool IsEmpty => Targets.IsEmpty && Shadow == 0;

    /// <summary>Numbers of the versions that the policy names.</summary>
    public IEnumerable<long> Numbers => Targets.Select(static target => target.Number).Concat(Shadow > 0 ? [Shadow] : []);

    /// <summary>Returns the number of the version whose share contains a draw.</summary>
    /// <param name="draw">0 to <see cref="Whole"/> − 1.</param>
    public long Choose(int draw) =>
        Targets[RoutingDraw.TargetOf(draw, Targets.Select(static target => target.Weight))].Number;

    /// <summary>Compares everything but <see cref="Since"/>.</summary>
    public bool HasSameEffect(TrafficPolicy other) =>
        Targets.SequenceEqual(other.Targets) && (Shadow, ShadowSample) == (other.Shadow, other.ShadowSample);
}
