namespace TopicGrpc.Client.Models;

/// <summary>Who answers the texts of calls that name neither version nor label. It names versions by number, so labels move without touching it.</summary>
public sealed record TrafficPolicy
{
    /// <summary>No policy: the version labelled <c>stable</c> answers, and nobody gets copies.</summary>
    public static TrafficPolicy None { get; } = new();

    /// <summary>Sides of the split, at most 16; none: the version labelled <c>stable</c> answers all. A request goes by its routing key or else by its text, the same way on every server.</summary>
    public IReadOnlyList<TrafficTarget> Targets { get; init; } = [];

    /// <summary>Version that gets a copy of every text once it is answered; null: none.</summary>
    public long? ShadowVersion { get; init; }

    /// <summary>Share of the texts copied in basis points, 1 to 10,000. Default all.</summary>
    public int ShadowSample { get; init; } = 10_000;
}
