namespace TopicGrpc.Client.Models;

/// <summary>
/// Comparison of the shadow version with the answers of a model. The counts start with the policy and restart with the server.
/// </summary>
public sealed record ShadowReport
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Shadow version.</summary>
    public required long ShadowVersion { get; init; }

    /// <summary>Start of the counts.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Number of texts that both versions answered.</summary>
    public long Compared { get; init; }

    /// <summary>Number of texts whose topics differ in their uids.</summary>
    public long Disagreed { get; init; }

    /// <summary>Number of copies dropped because the queue was full.</summary>
    public long Dropped { get; init; }

    /// <summary>Number of copies that the shadow version failed to answer.</summary>
    public long Failed { get; init; }

    /// <summary>Share of the compared texts with equal topics, 0 to 1; null before the first.</summary>
    public double? Agreement => Compared == 0 ? null : 1 - ((double)Disagreed / Compared);

    /// <summary>Pairs of different topics, the most frequent first.</summary>
    public IReadOnlyList<TopicDisagreement> Disagreements { get; init; } = [];
}
