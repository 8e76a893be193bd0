using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Charts;

/// <summary>
/// Coordinates of documents on a plane for <see cref="DocumentChart"/>: a second UMAP layout with the settings of BERTopic's
/// <c>visualize_documents</c> and a seed.
/// </summary>
public static class DocumentMap
{
    private const int NeighborCount = 10;

    /// <summary>Computes the coordinates. The same embeddings and seed give the same bits for any number of threads.</summary>
    /// <param name="embeddings">One embedding per document.</param>
    /// <param name="seed">Seed.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the fraction done; null for none.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>n × 2 coordinates. Fewer than four documents have no meaningful neighborhood and are placed side by side.</returns>
    public static Matrix Compute(
        Matrix embeddings, long seed, ComputeOptions compute, IProgress<double>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(embeddings);
        ArgumentNullException.ThrowIfNull(compute);
        return PlaneLayout.Compute(embeddings, Options(seed), compute, progress, cancellationToken);
    }

    /// <summary>Returns the settings of the layout that <c>visualize_documents</c> sets itself.</summary>
    internal static UmapOptions Options(long seed) => new() { NeighborCount = NeighborCount, MinDistance = 0, Seed = seed };
}
