using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>The <c>min_samples + 2</c> nearest rows of every row, including the row itself, by (squared distance, row).</summary>
internal sealed class NeighborLists
{
    private const int BlockSize = 256;

    private NeighborLists(int count, int length)
    {
        Length = length;
        Rows = new int[checked(count * length)];
        Distances = new double[Rows.Length];
    }

    /// <summary>Entries per row: one more than the core distance requires, to detect a tie at the last entry.</summary>
    public int Length { get; }

    public int[] Rows { get; }

    /// <summary>Squared distances.</summary>
    public double[] Distances { get; }

    public ReadOnlySpan<int> RowsOf(int row) => Rows.AsSpan(row * Length, Length);

    public ReadOnlySpan<double> DistancesOf(int row) => Distances.AsSpan(row * Length, Length);

    public static NeighborLists Find(KdTree tree, int minSamples, ComputeOptions compute, CancellationToken cancellationToken)
    {
        NeighborLists lists = new(tree.Count, Math.Min(tree.Count, minSamples + 2));

        // By slot instead of row: consecutive queries then visit the same leaves.
        RowBlocks.Run(tree.Count, BlockSize, compute.Threads, (_, start, end) => lists.Fill(tree, start, end), cancellationToken);
        return lists;
    }

    private void Fill(KdTree tree, int start, int end)
    {
        double[] point = new double[tree.Dimensions];
        for (int slot = start; slot < end; slot++)
        {
            int row = tree.Rows[slot];
            tree.CopySlot(slot, point);
            NearestList nearest = new(Distances.AsSpan(row * Length, Length), Rows.AsSpan(row * Length, Length));
            tree.FindNearest(point, ref nearest);
        }
    }
}
