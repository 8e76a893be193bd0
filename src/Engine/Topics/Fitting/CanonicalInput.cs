using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Checked documents and embeddings in canonical order.</summary>
/// <param name="Documents">Ids and texts.</param>
/// <param name="Embeddings">One embedding per document.</param>
/// <param name="Scratch">Space for vectors that the fit derives from the embeddings.</param>
internal sealed record CanonicalInput(DocumentTable Documents, Matrix Embeddings, ScratchSpace Scratch)
{
    /// <summary>Checks and sorts the input of a fit.</summary>
    /// <param name="given">Documents in any order.</param>
    /// <param name="options">Settings of the stages that need a least number of documents; null if no such stage runs.</param>
    /// <exception cref="ArgumentException">
    /// Too few documents, shapes that do not fit, repeated ids, or a value that is not finite.
    /// </exception>
    public static CanonicalInput Create(FitInput given, TopicModelOptions? options)
    {
        CheckShape(given.Documents.Count, given.Embedder.Dimension, given.Embeddings);
        if (options is not null)
        {
            CheckCount(given.Documents, options);
        }

        var texts = DocumentTable.Sort(given.Documents);
        return new CanonicalInput(texts, Sort(texts, given.Embeddings, given.Scratch), given.Scratch);
    }

    private static void CheckShape(int documents, int dimension, Matrix embeddings)
    {
        if (embeddings.Rows != documents || embeddings.Columns != dimension)
        {
            throw new ArgumentException(
                $"{documents} documents need {documents} × {dimension} embeddings, {embeddings.Rows} × {embeddings.Columns} given.",
                nameof(embeddings));
        }
    }

    /// <summary>Returns the embeddings in the order of the texts. If they have it already, they are not copied.</summary>
    private static Matrix Sort(DocumentTable texts, Matrix embeddings, ScratchSpace scratch)
    {
        int row = 0;
        while (row < texts.Order.Length && texts.Order[row] == row)
        {
            row++;
        }

        Matrix sorted = row == embeddings.Rows
            ? embeddings
            : scratch.Create(embeddings.Rows, embeddings.Columns, (place, values) => embeddings.Row(texts.Order[place]).CopyTo(values));
        for (row = 0; row < sorted.Rows; row++)
        {
            if (sorted.Row(row).ContainsAnyExceptInRange(float.MinValue, float.MaxValue))
            {
                throw new ArgumentException(
                    $"The embedding of document \"{texts.Ids[row]}\" holds a value that is not finite.", nameof(embeddings));
            }
        }

        return sorted;
    }

    /// <summary>Each stage needs more rows than it reads around one row: neighbors, dimensions of the layout, one cluster.</summary>
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
            throw new ArgumentException(
                $"{documents.Count} documents are too few to fit: at least {need} are needed ({why}). Add documents or lower that setting.",
                nameof(documents));
        }
    }
}
