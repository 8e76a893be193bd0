using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// Predictions of a sample of the training documents, drawn by the model's seed. They are made as for new texts, which shows how well
/// predictions continue the fit.
/// </summary>
internal static class AgreementSample
{
    /// <summary>Size of the sample; all documents if there are fewer. The standard error of a share of 0.95 is then 0.005.</summary>
    private const int Size = 2000;
    private const int BlockSize = 64;
    private const long SampleStream = 21;

    /// <summary>Compares predictions with assignments.</summary>
    /// <param name="model">The model.</param>
    /// <param name="embeddings">Embeddings in the order of the model's documents.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels between blocks.</param>
    /// <returns>The agreement; null for a model without documents.</returns>
    public static PredictionAgreement? Measure(
        TopicModel model, Matrix embeddings, ComputeOptions compute, CancellationToken cancellationToken)
    {
        int[] rows = Draw(model.Assignments.Length, model.Report.Seed);
        if (rows.Length == 0)
        {
            return null;
        }

        TopicQuestion question = new(ByCentroid: false, AllTopics: false, Text: null, AsNew: true);
        int[] equal = new int[RowBlocks.Count(rows.Length, BlockSize)];
        RowBlocks.Run(
            rows.Length,
            BlockSize,
            compute.Threads,
            (block, first, end) =>
            {
                foreach (int row in rows.AsSpan(first, end - first))
                {
                    equal[block] += model.Answer(embeddings.Row(row), question).Prediction.TopicId == model.Assignments[row] ? 1 : 0;
                }
            },
            cancellationToken);
        return new PredictionAgreement((double)equal.Sum() / rows.Length, rows.Length);
    }

    /// <summary>Returns the first rows of a random order.</summary>
    private static int[] Draw(int count, long seed)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        if (count <= Size)
        {
            return rows;
        }

        ulong key = CounterRandom.Key(seed, SampleStream);
        for (int place = 0; place < Size; place++)
        {
            int other = place + CounterRandom.Below(count - place, key, place);
            (rows[place], rows[other]) = (rows[other], rows[place]);
        }

        return rows[..Size];
    }
}
