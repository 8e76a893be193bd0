using TopicGrpc.Engine.Neighbors;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Distances of the documents of a fit from each other, to which the distances of new texts are compared.</summary>
internal static class DocumentNeighbors
{
    /// <summary>Returns the distances; null if all documents are equal.</summary>
    /// <param name="neighbors">Neighbors of the documents.</param>
    /// <param name="metric">Metric of the search.</param>
    public static NoveltyReference? Novelty(NeighborTable neighbors, DistanceMetric metric) =>
        RowDistance.OfRows(neighbors, metric) is { Length: > 0 } distances ? new NoveltyReference(distances) : null;

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
        NeighborTable neighbors = fit.Clock.Run(
            FitStage.Neighbors,
            progress => new NeighborSearch(search).Find(fit.Input.Embeddings, fit.Compute, progress, fit.CancellationToken));
        return fit with { Novelty = Novelty(neighbors, search.Metric) };
    }
}
