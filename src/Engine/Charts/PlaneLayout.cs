using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Charts;

/// <summary>UMAP layout of vectors on a plane with the cosine distance.</summary>
internal static class PlaneLayout
{
    private const int FewestRows = 4;

    /// <summary>Computes the layout.</summary>
    /// <param name="vectors">n × D vectors.</param>
    /// <param name="options">Neighbors, minimum distance and seed; the number of components and the metric are set here.</param>
    /// <param name="compute">Number of threads.</param>
    /// <param name="progress">Receives the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels the layout.</param>
    /// <returns>n × 2 coordinates. Fewer than four rows have no meaningful neighborhood and are placed side by side.</returns>
    public static Matrix Compute(
        Matrix vectors, UmapOptions options, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
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

        int count = Math.Min(options.NeighborCount, vectors.Rows - 1);
        NeighborTable neighbors = new NeighborSearch(new NeighborOptions { NeighborCount = count, Metric = DistanceMetric.Cosine })
            .Find(vectors, compute, null, cancellationToken);
        UmapOptions plane = options with { NeighborCount = count, ComponentCount = 2, Metric = DistanceMetric.Cosine };
        return new Umap(plane).Fit(vectors, neighbors, null, compute, progress, cancellationToken).Embedding;
    }
}
