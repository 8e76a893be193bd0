using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Clusters of one selection from a tree.</summary>
internal sealed class ClusterTrial
{
    private readonly int _largestLabel;

    public ClusterTrial(HdbscanOptions options, int[] labels)
    {
        Options = options;
        Labels = labels;
        int[] sizes = new int[labels.DefaultIfEmpty(-1).Max() + 1];
        foreach (int label in labels)
        {
            if (label >= 0)
            {
                sizes[label]++;
            }
        }

        Topics = sizes.Length;
        Largest = sizes.DefaultIfEmpty(0).Max();
        Outliers = labels.Length - sizes.Sum();
        _largestLabel = Array.IndexOf(sizes, Largest);
    }

    public HdbscanOptions Options { get; }

    /// <summary>Cluster of each document; −1 for outliers.</summary>
    public int[] Labels { get; }

    public int Topics { get; }

    public int Outliers { get; }

    /// <summary>Number of documents of the largest cluster.</summary>
    public int Largest { get; }

    /// <summary>
    /// Returns true if at least <paramref name="share"/> of the largest cluster's documents have a cluster in the other trial.
    /// </summary>
    public bool Holds(ClusterTrial other, double share)
    {
        int kept = 0;
        for (int row = 0; row < Labels.Length; row++)
        {
            if (Labels[row] == _largestLabel && other.Labels[row] >= 0)
            {
                kept++;
            }
        }

        return kept >= share * Largest;
    }
}
