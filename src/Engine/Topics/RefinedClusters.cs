using System.Buffers;
using System.Numerics.Tensors;
using TopicGrpc.Engine.Clusters;

namespace TopicGrpc.Engine.Topics;

/// <summary>
/// Clusters of a model with its refinements: a point in a refined cluster is placed among the new clusters, in the order in which the
/// refinements were made. Thread-safe.
/// </summary>
internal sealed class RefinedClusters
{
    private const int StackLimit = 256;
    private readonly HdbscanModel _clusters;
    private readonly ClusterRefinement[] _refinements;

    public RefinedClusters(HdbscanModel clusters, IReadOnlyList<ClusterRefinement> refinements)
    {
        _clusters = clusters;
        _refinements = [.. refinements];
        ClusterCount = clusters.ClusterCount + _refinements.Sum(static refinement => refinement.Clusters.ClusterCount);
    }

    /// <summary>Number of clusters, refined ones included.</summary>
    public int ClusterCount { get; }

    /// <summary>Predicts the cluster of a new point; see <see cref="HdbscanModel.Predict(ReadOnlySpan{float}, Span{double})"/>.</summary>
    /// <param name="point">Coordinates in the layout, all finite.</param>
    /// <param name="membership">Receives the membership in each cluster, 0 in refined ones; empty if not needed.</param>
    public ClusterAssignment Predict(ReadOnlySpan<float> point, Span<double> membership)
    {
        ClusterAssignment assignment = _clusters.Predict(point, membership.IsEmpty ? membership : membership[.._clusters.ClusterCount]);
        if (!membership.IsEmpty)
        {
            membership[_clusters.ClusterCount..].Clear();
        }

        int first = _clusters.ClusterCount;
        foreach (ClusterRefinement refinement in _refinements)
        {
            bool applies = refinement.Sources.Contains(assignment.Cluster);
            if (applies || !membership.IsEmpty)
            {
                assignment = Refine(refinement, first, applies, point, membership, assignment);
            }

            first += refinement.Clusters.ClusterCount;
        }

        return assignment;
    }

    /// <summary>Divides one share of a membership among new clusters.</summary>
    /// <param name="refinement">The new clusters.</param>
    /// <param name="shares">Membership in the new clusters; divided in place.</param>
    /// <param name="weight">Membership to divide.</param>
    public static void Divide(ClusterRefinement refinement, Span<double> shares, double weight)
    {
        double sum = TensorPrimitives.Sum<double>(shares);
        if (refinement.Complete && sum <= 0)
        {
            shares.Fill(1.0);
            sum = shares.Length;
        }

        TensorPrimitives.Multiply(shares, refinement.Complete ? weight / sum : weight, shares);
    }

    private static ClusterAssignment Refine(
        ClusterRefinement refinement,
        int first,
        bool applies,
        ReadOnlySpan<float> point,
        Span<double> membership,
        ClusterAssignment assignment)
    {
        int count = refinement.Clusters.ClusterCount;
        double[]? rented = count > StackLimit ? ArrayPool<double>.Shared.Rent(count) : null;
        Span<double> shares = rented is null ? stackalloc double[count] : rented.AsSpan(0, count);
        ClusterAssignment inner = refinement.Clusters.Predict(point, shares);
        if (applies)
        {
            assignment = Choose(refinement, inner, shares);
        }

        if (!membership.IsEmpty)
        {
            Divide(refinement, shares, TakeSources(refinement, first, membership));
            shares.CopyTo(membership[first..]);
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }

        return assignment;
    }

    /// <summary>Returns the cluster of a point in the numbers of the mapper.</summary>
    public static ClusterAssignment Choose(ClusterRefinement refinement, ClusterAssignment inner, ReadOnlySpan<double> shares)
    {
        if (inner.Cluster >= 0)
        {
            return inner with { Cluster = refinement.FirstCluster + inner.Cluster };
        }

        if (!refinement.Complete)
        {
            return new ClusterAssignment(-1, 0);
        }

        int nearest = TensorPrimitives.IndexOfMax(shares);
        return new ClusterAssignment(refinement.FirstCluster + nearest, shares[nearest]);
    }

    private static double TakeSources(ClusterRefinement refinement, int first, Span<double> membership)
    {
        double weight = 0;
        foreach (int source in refinement.Sources)
        {
            if (source < 0)
            {
                weight += Math.Max(0, 1 - TensorPrimitives.Sum<double>(membership[..first]));
            }
            else
            {
                weight += membership[source];
                membership[source] = 0;
            }
        }

        return weight;
    }
}
