using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>
/// Splitting of large clusters: excess of mass is often near a tie between a large cluster and its parts. Each split selects clusters from
/// the same tree and takes some milliseconds.
/// </summary>
internal static class LargeClusters
{
    /// <summary>A cluster is large if it holds more than this share of the documents and this many times the smallest cluster.</summary>
    private const double LargeShare = 0.1;
    private const int LargeMultiple = 7;

    /// <summary>Share of a large cluster's documents that its parts must keep; otherwise the cluster is not split.</summary>
    private const double KeptShare = 0.5;

    /// <summary>A cluster of more than one in this many documents is not a topic but a collapse.</summary>
    private const int MostShare = 2;

    /// <summary>Returns the number of documents above which a cluster is large.</summary>
    public static int LimitFor(int minClusterSize, int documents) =>
        Math.Max((int)(LargeShare * documents), LargeMultiple * minClusterSize);

    /// <summary>Limits a cluster of more than half of the documents, as far as the tree allows it; keeps all others.</summary>
    public static ClusterTrial Limit(Func<HdbscanOptions, int[]> select, ClusterTrial trial)
    {
        int limit = Math.Max(trial.Options.MinClusterSize, trial.Labels.Length / MostShare);
        if (trial.Largest <= limit)
        {
            return trial;
        }

        HdbscanOptions limited = trial.Options with { MaxClusterSize = limit };
        return new ClusterTrial(limited, select(limited));
    }

    /// <summary>Splits the largest cluster while it is large and its parts keep enough documents.</summary>
    public static ClusterTrial Split(Func<HdbscanOptions, int[]> select, ClusterTrial trial)
    {
        int limit = LimitFor(trial.Options.MinClusterSize, trial.Labels.Length);
        while (trial.Largest > limit)
        {
            HdbscanOptions tighter = trial.Options with { MaxClusterSize = Math.Max(limit, trial.Largest - 1) };
            ClusterTrial parts = new(tighter, select(tighter));
            if (parts.Largest >= trial.Largest || !trial.Holds(parts, KeptShare))
            {
                break;
            }

            trial = parts;
        }

        return trial;
    }
}
