using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Description;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>What representations work on.</summary>
/// <param name="Model">The model.</param>
/// <param name="Table">Its documents; null where no representation needs them.</param>
/// <param name="Vectors">Vectors of texts by the model's own encoder.</param>
/// <param name="Compute">Threads.</param>
/// <param name="CancellationToken">Stops.</param>
internal sealed record RepresentationInput(
    TopicModel Model, DocumentTable? Table, TextVectors Vectors, ComputeOptions Compute, CancellationToken CancellationToken)
{
    /// <summary>Best words by weight of each topic row; topics of few words have fewer.</summary>
    public TopicWord[][] BestWords(int count) => [.. Enumerable.Range(0, Model.Topics.Count)
        .Select(row => TopicWordRanking.Best(Model.TermWeights, Model.Vocabulary, row, count))
        .Select(words => words.Where(word => word.Term.Length > 0).ToArray())];

    /// <summary>
    /// Mean vector of the documents that stand for each topic row. The model's own vectors are used where it holds them:
    /// the same that the encoder would give.
    /// </summary>
    public double[][] RepresentativeMeans(int documents)
    {
        DocumentTable table = Table ?? throw new InvalidOperationException("The operation was given no documents.");
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
