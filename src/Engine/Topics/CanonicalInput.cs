using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics;

/// <summary>The input of a fit, checked and in canonical order.</summary>
/// <param name="Documents">Ids and texts.</param>
/// <param name="Embeddings">One vector a document.</param>
internal sealed record CanonicalInput(DocumentTable Documents, Matrix Embeddings)
{
    /// <summary>Checks and sorts.</summary>
    /// <param name="documents">Documents in any order.</param>
    /// <param name="embeddings">Their vectors, row by row.</param>
    /// <param name="embedder">Encoder that made them.</param>
    /// <param name="options">Settings of stages that need a number of documents; null: none is run.</param>
    /// <exception cref="ArgumentException">Too few documents, shapes that do not fit, ids that repeat, or a value that is not finite.</exception>
    public static CanonicalInput Create(IReadOnlyList<Document> documents, Matrix embeddings, EmbedderInfo embedder, TopicModelOptions? options)
    {
        if (embeddings.Rows != documents.Count || embeddings.Columns != embedder.Dimension)
        {
            throw new ArgumentException(
                $"{documents.Count} documents need {documents.Count} × {embedder.Dimension} embeddings, {embeddings.Rows} × {embeddings.Columns} given.", nameof(embeddings));
        }

        if (options is not null)
        {
            CheckCount(documents, options);
        }

        var texts = DocumentTable.Sort(documents);
        Matrix sorted = new(embeddings.Rows, embeddings.Columns);
        for (int row = 0; row < sorted.Rows; row++)
        {
            embeddings.Row(texts.Order[row]).CopyTo(sorted.Row(row));
            if (sorted.Row(row).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new ArgumentException($"The embedding of document \"{texts.Ids[row]}\" holds a value that is not finite.", nameof(embeddings));
            }
        }

        return new CanonicalInput(texts, sorted);
    }

    /// <summary>Each stage needs more rows than what it looks at around one row: neighbors, dimensions of the layout, one cluster.</summary>
    private static void CheckCount(IReadOnlyList<Document> documents, TopicModelOptions options)
    {
        (int Need, string Why)[] needs =
        [
            (options.Layout.NeighborCount + 1, $"one more than n_neighbors {options.Layout.NeighborCount}"),
            (options.Layout.ComponentCount + 2, $"two more than n_components {options.Layout.ComponentCount}"),
            (options.Clusters.MinClusterSize, $"min_cluster_size {options.Clusters.MinClusterSize}"),
        ];
        (int need, string why) = needs.MaxBy(rule => rule.Need);
        if (documents.Count < need)
        {
            throw new ArgumentException($"{documents.Count} documents are too few to fit: at least {need} are needed ({why}). Add documents or lower that setting.", nameof(documents));
        }
    }
}
