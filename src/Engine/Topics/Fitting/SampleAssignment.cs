using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Recognition;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Topics of all documents by a model of a sample of them.</summary>
/// <param name="Topics">Topic of each document.</param>
/// <param name="Strengths">Probability of each document; 0 for outliers and for documents that the outlier policy assigned.</param>
/// <param name="Positions">Position of each document in the layout; null if the model has none.</param>
/// <param name="Probabilities">n × topics probabilities; null if the model keeps none.</param>
internal sealed record SampleAssignment(int[] Topics, double[] Strengths, Matrix? Positions, Matrix? Probabilities)
{
    private const int BlockSize = 64;

    /// <summary>
    /// Assigns the documents that are not in the sample. Each gets the answer that the model gives to its text and embedding as a call, so
    /// the assignment is that of a prediction, bit for bit.
    /// </summary>
    /// <param name="model">Model of the sample.</param>
    /// <param name="input">All documents.</param>
    /// <param name="sampled">Rows of the sample, ascending.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="progress">Receives the fraction done; null for none.</param>
    /// <param name="cancellationToken">Cancels the assignment.</param>
    public static SampleAssignment Of(
        TopicModel model,
        CanonicalInput input,
        int[] sampled,
        ComputeOptions compute,
        IProgress<double>? progress,
        CancellationToken cancellationToken)
    {
        int documents = input.Embeddings.Rows;
        SampleAssignment result = new(
            new int[documents],
            new double[documents],
            model is { Layout: { } layout, Clusters: not null } ? new Matrix(documents, layout.Embedding.Columns) : null,
            model.Probabilities is { } old ? new Matrix(documents, old.Columns) : null);
        int done = 0;
        RowBlocks.Run(
            documents,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                Span<int> rows = stackalloc int[BlockSize];
                int count = 0;
                for (int row = first; row < end; row++)
                {
                    int at = Array.BinarySearch(sampled, row);
                    if (at >= 0)
                    {
                        result.Copy(model, at, row);
                    }
                    else
                    {
                        rows[count++] = row;
                    }
                }

                result.Answer(model, input, rows[..count]);
                progress?.Report((double)Interlocked.Add(ref done, end - first) / documents);
            },
            cancellationToken);
        return result;
    }

    private void Copy(TopicModel model, int sampledRow, int row)
    {
        Topics[row] = model.Assignments[sampledRow];
        Strengths[row] = model.State.ClusterStrengths[sampledRow];
        if (Positions is not null)
        {
            model.Layout!.Embedding.Row(sampledRow).CopyTo(Positions.Row(row));
        }

        if (Probabilities is not null)
        {
            model.Probabilities!.Row(sampledRow).CopyTo(Probabilities.Row(row));
        }
    }

    private void Answer(TopicModel model, CanonicalInput input, ReadOnlySpan<int> rows)
    {
        var questions = new TopicQuestion[rows.Length];
        var answers = new TopicAnswer[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            questions[i] = new TopicQuestion(
                ByCentroid: false, AllTopics: Probabilities is not null, TextFingerprint.Of(input.Documents.Texts[rows[i]]));
        }

        model.AnswerAt(input.Embeddings, rows, questions, Positions, answers);
        for (int i = 0; i < rows.Length; i++)
        {
            Set(model, rows[i], answers[i]);
        }
    }

    private void Set(TopicModel model, int row, TopicAnswer answer)
    {
        Topics[row] = answer.Prediction.TopicId;
        Strengths[row] = answer.DocumentRow is { } known ? model.State.ClusterStrengths[known]
            : answer.Basis is AnswerBasis.Cluster or AnswerBasis.Centroid ? answer.Prediction.Probability
            : 0;
        if (Probabilities is not null)
        {
            Span<float> target = Probabilities.Row(row);
            for (int topic = 0; topic < target.Length; topic++)
            {
                target[topic] = (float)answer.Prediction.TopicProbabilities[topic];
            }
        }
    }
}
