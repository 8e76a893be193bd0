using System.Buffers;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Prediction for new points in the tree of the training points, without changing the tree; Python
/// <c>approximate_predict</c>. Thread-safe. Allocates nothing.
/// </summary>
internal sealed class PointPredictor(
    ClusterSelection selection,
    MembershipScorer scorer,
    KdTree tree,
    double[] coreDistances,
    int minSamples)
{
    private const int StackLimit = 256;

    private readonly int _neighborCount = Math.Min(tree.Count, 2 * minSamples);

    public ClusterAssignment Predict(ReadOnlySpan<double> point, Span<double> membership)
    {
        (int neighbor, double distance) = Connect(point);
        CondensedTree condensed = selection.Tree;
        int home = condensed.PointCluster[neighbor];
        double neighborLambda = condensed.PointLambda[neighbor];
        double lambda = distance > 0 ? Math.Min(1.0 / distance, condensed.DuplicateLambda) : condensed.DuplicateLambda;
        if (!membership.IsEmpty)
        {
            Score(home, Math.Min(lambda, neighborLambda), point, membership);
        }

        int cluster = home;
        if (neighborLambda > lambda)
        {
            while (cluster > 0 && condensed.Births[cluster] >= lambda)
            {
                cluster = condensed.Parents[cluster];
            }
        }

        int label = selection.Owner[cluster];
        double strength = label < 0 ? 0 : ClusterSelection.Strength(lambda, condensed.DirectMaximum[selection.Selected[label]]);
        return new ClusterAssignment(label, strength);
    }

    /// <summary>Returns the training point that connects the new point to the tree, and the mutual reachability distance to it.</summary>
    internal (int Row, double Distance) Connect(ReadOnlySpan<double> point)
    {
        double[]? rentedDistances = _neighborCount > StackLimit ? ArrayPool<double>.Shared.Rent(_neighborCount) : null;
        int[]? rentedRows = _neighborCount > StackLimit ? ArrayPool<int>.Shared.Rent(_neighborCount) : null;
        try
        {
            Span<double> distances = rentedDistances is null
                ? stackalloc double[_neighborCount]
                : rentedDistances.AsSpan(0, _neighborCount);
            Span<int> rows = rentedRows is null ? stackalloc int[_neighborCount] : rentedRows.AsSpan(0, _neighborCount);
            NearestList nearest = new(distances, rows);
            tree.FindNearest(point, ref nearest);
            return Connect(distances, rows);
        }
        finally
        {
            Return(rentedDistances);
            Return(rentedRows);
        }
    }

    private (int Row, double Distance) Connect(ReadOnlySpan<double> squaredDistances, ReadOnlySpan<int> rows)
    {
        double own = Math.Sqrt(squaredDistances[Math.Min(minSamples, rows.Length - 1)]);
        int row = rows[0];
        double least = double.PositiveInfinity;
        for (int i = 0; i < rows.Length; i++)
        {
            double reach = Math.Max(Math.Max(coreDistances[rows[i]], own), Math.Sqrt(squaredDistances[i]));

            // Keep the first of equal distances: neighbors within the point's own core distance all tie.
            if (reach < least)
            {
                least = reach;
                row = rows[i];
            }
        }

        return (row, least);
    }

    private void Score(int cluster, double lambda, ReadOnlySpan<double> point, Span<double> membership)
    {
        double[]? rented = membership.Length > StackLimit ? ArrayPool<double>.Shared.Rent(membership.Length) : null;
        Span<double> scratch = rented is null ? stackalloc double[StackLimit] : rented;
        scorer.ScoreNew(cluster, lambda, point, membership, scratch);
        Return(rented);
    }

    private static void Return<T>(T[]? rented)
    {
        if (rented is not null)
        {
            ArrayPool<T>.Shared.Return(rented);
        }
    }
}
