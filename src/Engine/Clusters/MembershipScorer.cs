using System.Numerics.Tensors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Clusters;

/// <summary>
/// Soft clustering: the membership of a point in every selected cluster. Proximity to the exemplars × likelihood in the
/// tree, scaled by the probability that the point is in any cluster, so that a row sums to at most 1. hdbscan combines the
/// two factors differently for training points and new points; so does this class.
/// </summary>
internal sealed class MembershipScorer
{
    /// <summary>hdbscan's constant against division by zero.</summary>
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

    /// <summary>Number of labels, the length of a row.</summary>
    public int Count => _selection.Selected.Length;

    /// <summary>Computes the membership of a training point; Python <c>all_points_membership_vectors</c>.</summary>
    /// <param name="row">Row number of the point.</param>
    /// <param name="point">Coordinates of the point.</param>
    /// <param name="membership">Receives one value per label.</param>
    /// <param name="scratch">Scratch memory of at least the same length.</param>
    public void ScoreTraining(int row, ReadOnlySpan<double> point, Span<double> membership, Span<double> scratch)
    {
        CondensedTree tree = _selection.Tree;
        int cluster = tree.PointCluster[row];
        double lambda = tree.PointLambda[row];
        Span<double> heights = scratch[..Count];
        _heights.Fill(cluster, lambda, heights);
        double inCluster = ProbabilityOfAny(heights, lambda, 0);

        // exp(exp(−(λmax + ε) / height)), hdbscan's softmax over values between 0 and 1.
        TensorPrimitives.Divide(-(tree.DirectMaximum[cluster] + Guard), heights, heights);
        TensorPrimitives.Exp(heights, heights);
        TensorPrimitives.Exp(heights, heights);
        Proximity(point, membership);
        TensorPrimitives.Multiply(membership, heights, membership);
        Scale(membership, inCluster);
    }

    /// <summary>Computes the membership of a new point; Python <c>membership_vector</c>.</summary>
    /// <param name="cluster">Tree cluster of the neighbor that connects the point to the tree.</param>
    /// <param name="lambda">λ of the point, at most the λ of that neighbor.</param>
    /// <param name="point">Coordinates of the point.</param>
    /// <param name="membership">Receives one value per label.</param>
    /// <param name="scratch">Scratch memory of at least the same length.</param>
    public void ScoreNew(int cluster, double lambda, ReadOnlySpan<double> point, Span<double> membership, Span<double> scratch)
    {
        double densest = _selection.Tree.DirectMaximum[cluster];
        Span<double> scores = scratch[..Count];
        _heights.Fill(cluster, lambda, scores);
        double inCluster = ProbabilityOfAny(scores, lambda, Guard);

        // hdbscan declares this λ in single precision; the rounding matters when λ equals λmax.
        _heights.Fill(cluster, (float)lambda, scores);
        for (int label = 0; label < scores.Length; label++)
        {
            double gap = densest - scores[label];
            scores[label] = densest / (gap > 0 ? gap : Guard);
        }

        TensorPrimitives.Subtract(scores, TensorPrimitives.Max<double>(scores), scores);
        TensorPrimitives.Exp(scores, scores);
        TensorPrimitives.Divide(scores, TensorPrimitives.Sum<double>(scores), scores);
        Proximity(point, membership);
        for (int label = 0; label < scores.Length; label++)
        {
            membership[label] = Math.Sqrt(membership[label]) * scores[label] * scores[label];
        }

        Scale(membership, inCluster);
    }

    private double ProbabilityOfAny(ReadOnlySpan<double> heights, double lambda, double guard)
    {
        int first = TensorPrimitives.IndexOfMax(heights);
        double densest = Math.Max(_selection.Tree.DirectMaximum[_selection.Selected[first]], lambda);
        return heights[first] / (densest + guard);
    }

    // Normalized inverse distance to the nearest exemplar of each label.
    private void Proximity(ReadOnlySpan<double> point, Span<double> shares)
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
