using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Places vectors on a plane by UMAP with the cosine distance.</summary>
internal static class PlaneLayout
{
    private const int FewestRows = 4;

    /// <returns>n × 2 coordinates. Fewer than four rows, which have no neighborhood to speak of, stand in a row.</returns>
    public static Matrix Compute(Matrix vectors, int neighborCount, double minDistance, long seed, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        if (vectors.Rows < FewestRows)
        {
            Matrix row = new(vectors.Rows, 2);
            for (int i = 0; i < row.Rows; i++)
            {
                row.Row(i)[0] = i;
            }

            return row;
        }

        int count = Math.Min(neighborCount, vectors.Rows - 1);
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions { NeighborCount = count, Metric = DistanceMetric.Cosine })
            .Find(vectors, compute, null, cancellationToken);
        UmapOptions options = new() { NeighborCount = count, ComponentCount = 2, MinDistance = minDistance, Metric = DistanceMetric.Cosine, Seed = seed };
        return new Umap(options).Fit(vectors, neighbors, null, compute, progress, cancellationToken).Embedding;
    }
}
