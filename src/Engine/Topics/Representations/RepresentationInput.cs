using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>Input of representations.</summary>
/// <param name="Model">The model.</param>
/// <param name="Table">Documents of the model; null if no representation needs them.</param>
/// <param name="Vectors">Embeddings of texts by the encoder of the model.</param>
/// <param name="Compute">Number of threads; it does not change the result.</param>
/// <param name="CancellationToken">Cancels the work.</param>
internal sealed record RepresentationInput(
    TopicModel Model, DocumentTable? Table, TextVectors Vectors, ComputeOptions Compute, CancellationToken CancellationToken)
{
    /// <summary>Returns the best words by weight of each topic row, without padding.</summary>
    public TopicWord[][] BestWords(int count) => [.. Enumerable.Range(0, Model.Topics.Count)
        .Select(row => TopicWordRanking.Best(Model.TermWeights, Model.Vocabulary, row, count))
        .Select(words => words.Where(word => word.Term.Length > 0).ToArray())];

    /// <summary>
    /// Returns the mean embedding of the representative documents of each topic row. Embeddings that the model keeps are used again; the
    /// encoder would give the same values.
    /// </summary>
    public double[][] RepresentativeMeans(int documents)
    {
        DocumentTable table = Table ?? throw new InvalidOperationException("The operation needs the training documents, but none "
            + "are given.");
        TopicAssignments assignments = new(Model.Assignments);
        TermWeighting weighting = new(
            new ClassTfIdf(Model.Options.Weights, Model.InverseFrequencies),
            Model.TermWeights,
            rows => new VocabularyCounter(Model.Vocabulary, Model.Options.Words).Count(Array.ConvertAll(rows, row => table.Texts[row])));
        ClassGroups groups = new(assignments.Rows(), assignments.RowCount);
        int[][] chosen = RepresentativePicker.Pick(groups, documents, weighting, Compute, CancellationToken);
        if (Model.DocumentVectors is null)
        {
            Vectors.Add(chosen.SelectMany(rows => rows).Select(row => table.Texts[row]));
        }

        return Array.ConvertAll(chosen, rows => Mean(rows, table));
    }

    private double[] Mean(int[] rows, DocumentTable table)
    {
        double[] mean = new double[Model.Embedder.Dimension];
        foreach (int row in rows)
        {
            ReadOnlySpan<float> vector = Model.DocumentVectors is { } vectors ? vectors.Row(row) : Vectors.Of(table.Texts[row]);
            for (int i = 0; i < mean.Length; i++)
            {
                mean[i] += vector[i] / (double)rows.Length;
            }
        }

        return mean;
    }
}
