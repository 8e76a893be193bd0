using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// The <c>min_samples + 2</c> nearest rows of every row, including the row itself, by (squared distance, row). Of the
/// distances only those that the clusters need are kept: the lists are the largest data of the stage. For many samples only these
/// distances are computed, because the lists would need more memory than all other data of a fit.
/// </summary>
internal sealed class NeighborLists
{
    private const int BlockSize = 256;

    /// <summary>Longest lists that are kept, so that a million rows need 256 MB.</summary>
    private const int MaxLength = 64;

    /// <summary>Raises a sum of two distances above all rounding errors.</summary>
    private const double Rounding = 1.0 + 1e-9;

    private readonly int _minSamples;

    private NeighborLists(int count, int minSamples)
    {
        _minSamples = minSamples;
        int length = Math.Min(count, minSamples + 2);
        Length = length <= MaxLength ? length : 0;
        Rows = new int[checked(count * Length)];
        SquaredCore = new double[count];
        PredictionCore = new double[count];
        Farthest = new double[Length == 0 ? 0 : count];
    }

    /// <summary>Entries per row: one more than the core distance requires, to detect a tie at the last entry. 0: no lists.</summary>
    public int Length { get; }

    public int[] Rows { get; }

    /// <summary>
    /// Squared core distance of each row. hdbscan's fit counts min_samples other points, but its prediction counts the point
    /// itself as the first, so the two core distances differ.
    /// </summary>
    public double[] SquaredCore { get; }

    /// <summary>Core distance of each row for predictions, not squared.</summary>
    public double[] PredictionCore { get; }

    /// <summary>Squared distance of the last entry of each row.</summary>
    public double[] Farthest { get; }

    public ReadOnlySpan<int> RowsOf(int row) => Rows.AsSpan(row * Length, Length);

    public static NeighborLists Find(KdTree tree, int minSamples, ComputeOptions compute, CancellationToken cancellationToken)
    {
        NeighborLists lists = new(tree.Count, minSamples);

        // By slot instead of row: consecutive queries then visit the same leaves.
        RowBlocks.Run(
            tree.Count,
            BlockSize,
            compute.Threads,
            (_, start, end) =>
            {
                if (lists.Length > 0)
                {
                    lists.Fill(tree, start, end);
                }
                else
                {
                    lists.FillDistances(tree, start, end);
                }
            },
            cancellationToken);
        return lists;
    }

    private void Fill(KdTree tree, int start, int end)
    {
        double[] point = new double[tree.Dimensions];
        double[] distances = new double[Length];
        for (int slot = start; slot < end; slot++)
        {
            int row = tree.Rows[slot];
            tree.CopySlot(slot, point);
            NearestList nearest = new(distances, Rows.AsSpan(row * Length, Length));
            tree.FindNearest(point, ref nearest);
            SquaredCore[row] = distances[Math.Min(_minSamples, Length - 1)];
            PredictionCore[row] = Math.Sqrt(distances[_minSamples - 1]);
            Farthest[row] = distances[^1];
        }
    }
    /// <summary>
    /// Computes the distances without lists. The ball of a slot that also covers the ball of the slot before it has enough rows, by
    /// the triangle inequality, which bounds the search.
    /// </summary>
    private void FillDistances(KdTree tree, int start, int end)
    {
        double[] point = new double[tree.Dimensions];
        DistanceSelection selection = new(_minSamples + 1);
        double bound = double.PositiveInfinity;
        for (int slot = start; slot < end; slot++)
        {
            int row = tree.Rows[slot];
            tree.CopySlot(slot, point);
            selection.Start(bound);
            tree.FindDistances(point, selection);
            (double last, double beforeLast) = selection.Take();
            SquaredCore[row] = last;
            PredictionCore[row] = Math.Sqrt(beforeLast);
            if (slot + 1 < end)
            {
                double radius = (Math.Sqrt(last) + Math.Sqrt(tree.SquaredDistance(slot, slot + 1))) * Rounding;
                bound = radius * radius;
            }
        }
    }
}
