using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Checkpoints;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Distances of the documents of a fit from each other, to which the distances of new texts are compared.</summary>
internal static class DocumentNeighbors
{
    private const int BlockSize = 64;

    /// <summary>Returns the distances; null if all documents are equal.</summary>
    /// <param name="neighbors">Neighbors of the documents.</param>
    /// <param name="metric">Metric of the search.</param>
    public static NoveltyReference? Novelty(NeighborTable neighbors, DistanceMetric metric) =>
        RowDistance.OfRows(neighbors, metric) is { Length: > 0 } distances ? new NoveltyReference(distances) : null;

    /// <summary>
    /// Returns the distances in a fit whose layout has moved vectors, as those of a fit with seed topics: each document is compared as a
    /// new text is, by its own embedding.
    /// </summary>
    /// <param name="fit">The fit, with the embeddings of the documents.</param>
    /// <param name="layout">Layout of the moved vectors.</param>
    public static NoveltyReference? Novelty(FitContext fit, UmapModel layout)
    {
        Matrix rows = fit.Input.Embeddings;
        float[] distances = new float[rows.Rows];
        RowBlocks.Run(
            distances.Length,
            BlockSize,
            fit.Compute.Threads,
            (_, first, end) =>
            {
                for (int row = first; row < end; row++)
                {
                    distances[row] = (float)layout.Near(rows.Row(row), except: row).Distance;
                }
            },
            fit.CancellationToken);
        Array.Sort(distances);
        return distances[^1] > 0 ? new NoveltyReference(distances) : null;
    }

    /// <summary>Searches the neighbors in a fit without layout.</summary>
    /// <param name="fit">The fit.</param>
    /// <returns>The fit with the distances; the same if it has fewer than two documents.</returns>
    public static FitContext Find(FitContext fit)
    {
        int documents = fit.Input.Embeddings.Rows;
        if (documents < 2)
        {
            return fit;
        }

        NeighborOptions search = new() { NeighborCount = Math.Min(documents, RowDistance.TableColumns) };
        NeighborTable neighbors = fit.Stages.Run(
            FitStage.Neighbors,
            new NeighborFormat(documents, search.NeighborCount),
            progress => new NeighborSearch(search).Find(fit.Input.Embeddings, fit.Compute, progress, fit.CancellationToken));
        return fit with { Novelty = Novelty(neighbors, search.Metric) };
    }
}
