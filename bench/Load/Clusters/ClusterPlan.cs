namespace TopicGrpc.Load.Clusters;

/// <summary>Durations and counts of the cluster scenarios.</summary>
internal sealed record ClusterPlan
{
    /// <summary>Seconds for each scenario: checks promises, but few events of each kind happen.</summary>
    public static ClusterPlan Short { get; } = new()
    {
        Chaos = TimeSpan.FromSeconds(40),
        Documents = 12_000,
        Pause = TimeSpan.FromSeconds(40),
        Outage = TimeSpan.FromSeconds(12),
        Labels = TimeSpan.FromSeconds(10),
    };

    /// <summary>Durations and counts that the targets require.</summary>
    public static ClusterPlan Full { get; } = new()
    {
        Chaos = TimeSpan.FromMinutes(5),
        Documents = 100_000,
        Pause = TimeSpan.FromMinutes(1),
        Outage = TimeSpan.FromSeconds(30),
        Labels = TimeSpan.FromMinutes(1),
    };

    /// <summary>Returns the plan with another time of kills, at the same rate of documents.</summary>
    public ClusterPlan WithChaos(TimeSpan chaos) => this with { Chaos = chaos, Documents = (int)(Documents * (chaos / Chaos)) };

    /// <summary>Time during which members are killed.</summary>
    public required TimeSpan Chaos { get; init; }

    /// <summary>Documents that are uploaded during the kills; the outages take a tenth.</summary>
    public required int Documents { get; init; }

    /// <summary>Time for which the coordinator of a fit is paused; longer than the time of a lease.</summary>
    public required TimeSpan Pause { get; init; }

    /// <summary>Duration of each outage.</summary>
    public required TimeSpan Outage { get; init; }

    /// <summary>Time during which a label moves.</summary>
    public required TimeSpan Labels { get; init; }
}
