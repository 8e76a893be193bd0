using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Soft membership of a point in every chosen cluster: nearness to exemplars × likelihood by the tree, scaled by the chance
/// that the point is in any cluster, so that a row sums to at most 1. The reference weighs the two parts differently for
/// training points and for new ones; so does this.
/// </summary>
internal sealed class MembershipScorer
{
    /// <summary>The reference's guard against a division by zero.</summary>
    private const double Guard = 1e-8;

    private readonly ClusterSelection _selection;
    private readonly MergeHeights _heights;

    public MembershipScorer(ClusterSelection selection, Matrix points)
    {
        _selection = selection;
        _heights = new MergeHeights(selection.Tree, selection.Selected);
        Exemplars = new Exemplars(selection, points);
    }

    public Exemplars Exemplars { get; }

    /// <summary>Labels, the length of a row.</summary>
    public int Count => _selection.Selected.Length;

    /// <summary>Membership of a training point; Python <c>all_points_membership_vectors</c>.</summary>
    /// <param name="row">Row of the point in the training set.</param>
    /// <param name="point">Its coordinates.</param>
    /// <param name="membership">Receives one value per label.</param>
    /// <param name="scratch">At least as long.</param>
    public void ScoreTraining(int row, ReadOnlySpan<double> point, Span<double> membership, Span<double> scratch)
    {
        CondensedTree tree = _selection.Tree;
        int cluster = tree.PointCluster[row];
        double lambda = tree.PointLambda[row];
        Span<double> heights = scratch[..Count];
        _heights.Fill(cluster, lambda, heights);
        double inCluster = ChanceOfAny(heights, lambda, 0);

        // exp(exp(−(λmax + ε) / height)): a softmax over values between 0 and 1.
        TensorPrimitives.Divide(-(tree.DirectMaximum[cluster] + Guard), heights, heights);
        TensorPrimitives.Exp(heights, heights);
        TensorPrimitives.Exp(heights, heights);
        Nearness(point, membership);
        TensorPrimitives.Multiply(membership, heights, membership);
        Scale(membership, inCluster);
    }

    /// <summary>Membership of a new point; Python <c>membership_vector</c>.</summary>
    /// <param name="cluster">Cluster of the tree that holds the point's connecting neighbor.</param>
    /// <param name="lambda">λ of the point, at most that of the neighbor.</param>
    /// <param name="point">Coordinates.</param>
    /// <param name="membership">Receives one value per label.</param>
    /// <param name="scratch">At least as long.</param>
    public void ScoreNew(int cluster, double lambda, ReadOnlySpan<double> point, Span<double> membership, Span<double> scratch)
    {
        double densest = _selection.Tree.DirectMaximum[cluster];
        Span<double> scores = scratch[..Count];
        _heights.Fill(cluster, lambda, scores);
        double inCluster = ChanceOfAny(scores, lambda, Guard);

        // The reference declares this one λ in single precision; where it equals λmax the rounding shows.
        _heights.Fill(cluster, (float)lambda, scores);
        for (int label = 0; label < scores.Length; label++)
        {
            double gap = densest - scores[label];
            scores[label] = densest / (gap > 0 ? gap : Guard);
        }

        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<double>(scores), scores);
        Nearness(point, membership);
        for (int label = 0; label < scores.Length; label++)
        {
            membership[label] = Math.Sqrt(membership[label]) * scores[label] * scores[label];
        }

        Scale(membership, inCluster);
    }

    private double ChanceOfAny(ReadOnlySpan<double> heights, double lambda, double guard)
    {
        int first = TensorPrimitives.IndexOfMax(heights);
        double densest = Math.Max(_selection.Tree.DirectMaximum[_selection.Selected[first]], lambda);
        return heights[first] / (densest + guard);
    }

    // 1/distance to the nearest exemplar of each label, as shares of their sum.
    private void Nearness(ReadOnlySpan<double> point, Span<double> shares)
    {
        Exemplars.SquaredDistances(point, shares);
        double atExemplar = double.MaxValue / (2.0 * shares.Length);
        for (int label = 0; label < shares.Length; label++)
        {
            shares[label] = shares[label] > 0 ? 1.0 / Math.Sqrt(shares[label]) : atExemplar;
        }

        TensorPrimitives.Divide(shares, TensorPrimitives.Sum<double>(shares), shares);
    }

    private static void Scale(Span<double> membership, double inCluster)
    {
        double sum = TensorPrimitives.Sum<double>(membership);
        TensorPrimitives.Multiply(membership, sum > 0 ? inCluster / sum : 0, membership);
    }
}
