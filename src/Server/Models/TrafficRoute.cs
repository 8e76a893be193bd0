using System.Collections.Immutable;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>Who answers the texts of calls that name neither version nor label, and who answers a copy of them.</summary>
/// <param name="Targets">Versions whose shares sum to <see cref="Whole"/>; none: the model's default version answers all.</param>
/// <param name="Shadow">Version that gets the copies; 0 for none.</param>
/// <param name="ShadowSample">Share of the texts that are copied, in basis points.</param>
/// <param name="Since">When it was set.</param>
internal sealed record TrafficRoute(ImmutableArray<TrafficTarget> Targets, long Shadow, int ShadowSample, DateTimeOffset Since)
{
    /// <summary>All shares together, in basis points.</summary>
    public const int Whole = RoutingDraw.Whole;

    /// <summary>Whether it says nothing, so that a model goes without.</summary>
    public bool IsEmpty => Targets.IsEmpty && Shadow == 0;

    /// <summary>Versions that it names.</summary>
    public IEnumerable<long> Numbers => Targets.Select(static target => target.Number).Concat(Shadow > 0 ? [Shadow] : []);

    /// <summary>The version whose share a draw falls into.</summary>
    /// <param name="draw">0 to <see cref="Whole"/> − 1.</param>
    public long Choose(int draw) => Targets[RoutingDraw.TargetOf(draw, Targets.Select(static target => target.Weight))].Number;

    /// <summary>Whether another says the same, whenever that was set.</summary>
    public bool SaysTheSame(TrafficRoute other) => Targets.SequenceEqual(other.Targets) && (Shadow, ShadowSample) == (other.Shadow, other.ShadowSample);
}
