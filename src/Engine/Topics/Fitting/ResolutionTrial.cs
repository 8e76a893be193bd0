using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Topics.Comparison;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>One tried size of the smallest cluster: the clusters of all layouts and their agreement.</summary>
internal sealed class ResolutionTrial
{
    /// <summary>
    /// Large clusters stay whole only if that reduces the disagreement between layouts to less than this share. Layouts disagree on the
    /// parts of a group without structure: on planted groups ten times as much as on the groups. They disagree on the parts of a collapsed
    /// cluster about as much as on the cluster.
    /// </summary>
    private const double WholeDisagreement = 0.45;

    private const int LeastTopics = 2;

    /// <summary>Rounding of an agreement of 1.</summary>
    private const double Rounding = 1e-9;

    private ResolutionTrial(ClusterTrial[] layouts, double agreement)
    {
        Clusters = layouts[0];
        Agreement = agreement;
        FewestTopics = layouts.Min(trial => trial.Topics);
        IsBalanced = FewestTopics >= LeastTopics && layouts.All(trial => 2L * trial.Largest <= trial.Labels.Length);
    }

    /// <summary>Clusters of the layout of the fit.</summary>
    public ClusterTrial Clusters { get; }

    /// <summary>Mean agreement of the layout of the fit with the check layouts.</summary>
    public double Agreement { get; }

    /// <summary>Number of topics of the layout with the fewest.</summary>
    public int FewestTopics { get; }

    /// <summary>False if a layout has fewer than two topics or one with more than half of the documents.</summary>
    public bool IsBalanced { get; }

    /// <summary>Selects the clusters of every layout.</summary>
    /// <param name="layouts">Selection from the tree of each layout; the layout of the fit is the first.</param>
    /// <param name="options">Selection settings.</param>
    /// <param name="splits">Whether large clusters may be split.</param>
    public static ResolutionTrial Run(IReadOnlyList<Func<HdbscanOptions, int[]>> layouts, HdbscanOptions options, bool splits)
    {
        if (!splits)
        {
            return Compare([.. layouts.Select(select => new ClusterTrial(options, select(options)))]);
        }

        var whole = new ClusterTrial[layouts.Count];
        var parts = new ClusterTrial[layouts.Count];
        bool same = true;
        for (int i = 0; i < whole.Length; i++)
        {
            ClusterTrial given = new(options, layouts[i](options));
            whole[i] = LargeClusters.Limit(layouts[i], given);
            parts[i] = LargeClusters.Split(layouts[i], given);
            same &= whole[i].Options == parts[i].Options;
        }

        ResolutionTrial kept = Compare(whole);
        if (same)
        {
            return kept;
        }

        ResolutionTrial split = Compare(parts);
        bool agreesMore = 1 - kept.Agreement < (WholeDisagreement * (1 - split.Agreement)) - Rounding;
        return agreesMore ? kept : split;
    }

    private static ResolutionTrial Compare(ClusterTrial[] layouts)
    {
        double agreement = 0;
        for (int i = 1; i < layouts.Length; i++)
        {
            agreement += PartitionAgreement.AdjustedMutualInformation(layouts[0].Labels, layouts[i].Labels) / (layouts.Length - 1);
        }

        return new ResolutionTrial(layouts, agreement);
    }
}
