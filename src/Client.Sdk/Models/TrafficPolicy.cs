namespace TopicGrpc.Client.Models;

/// <summary>
/// Rules for calls that name neither version nor label. A policy names versions by number, so moving a label does not change it.
/// </summary>
public sealed record TrafficPolicy
{
    /// <summary>No policy: the version with the label <c>stable</c> answers, without a shadow version.</summary>
    public static TrafficPolicy None { get; } = new();

    /// <summary>
    /// Targets of the split, at most 16; empty: the version with the label <c>stable</c> answers. A hash of the routing key, or of the text
    /// without one, chooses the target, equally on every server.
    /// </summary>
    public IReadOnlyList<TrafficTarget> Targets { get; init; } = [];

    /// <summary>Shadow version: it receives a copy of answered texts; null for none.</summary>
    public long? ShadowVersion { get; init; }

    /// <summary>Share of the texts copied to the shadow version, in basis points, 1 to 10,000. Default 10,000.</summary>
    public int ShadowSample { get; init; } = 10_000;
}
