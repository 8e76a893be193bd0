namespace TopicGrpc.Client.Models;

/// <summary>What the shadow version of a model answered differently. The counts begin with the policy and again with the server.</summary>
public sealed record ShadowReport
{
    /// <summary>Model.</summary>
    public required string Model { get; init; }

    /// <summary>Version that gets the copies.</summary>
    public required long ShadowVersion { get; init; }

    /// <summary>When the counts began.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Texts that both versions answered.</summary>
    public long Compared { get; init; }

    /// <summary>Those whose topics have not the same uid.</summary>
    public long Disagreed { get; init; }

    /// <summary>Copies thrown away because too many waited.</summary>
    public long Dropped { get; init; }

    /// <summary>Copies that the shadow version could not answer.</summary>
    public long Failed { get; init; }

    /// <summary>Share of the compared texts whose topics agree, 0 to 1; null before the first.</summary>
    public double? Agreement => Compared == 0 ? null : 1 - ((double)Disagreed / Compared);

    /// <summary>Topics that do not agree, the commonest pair first.</summary>
    public IReadOnlyList<TopicDisagreement> Disagreements { get; init; } = [];
}
