namespace TopicGrpc.Engine.Topics.Layering;

/// <summary>Assignments of one resolution, numbered by descending size.</summary>
/// <param name="MinClusterSize">Minimum cluster size of the layer in the tree; 0 for the model's topics.</param>
/// <param name="Topics">Topic of each document; −1 for none.</param>
/// <param name="Count">Number of topics.</param>
internal sealed record LayerLevel(int MinClusterSize, int[] Topics, int Count)
{
    /// <summary>Least ratio between the numbers of topics of two neighboring layers.</summary>
    private const double LeastRatio = 1.2;

    /// <summary>Returns whether this level has clearly more topics than a coarser one.</summary>
    public bool IsFinerThan(int coarser) => Count >= LeastRatio * coarser;

    /// <summary>
    /// Returns, for each topic of this level, the label that most of its documents have; the lower one among equals, −1 for none.
    /// </summary>
    public int[] MajorityOf(int[] labels)
    {
        Dictionary<(int Topic, int Label), int> shared = [];
        for (int row = 0; row < labels.Length; row++)
        {
            if (Topics[row] >= 0 && labels[row] >= 0)
            {
                (int, int) pair = (Topics[row], labels[row]);
                shared[pair] = shared.GetValueOrDefault(pair) + 1;
            }
        }

        int[] best = new int[Count];
        int[] most = new int[Count];
        Array.Fill(best, -1);
        foreach (((int topic, int label), int count) in shared)
        {
            if (count > most[topic] || (count == most[topic] && label < best[topic]))
            {
                (best[topic], most[topic]) = (label, count);
            }
        }

        return best;
    }
}
