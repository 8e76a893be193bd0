using System.Numerics.Tensors;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Questions with the answers that the model gave when it was saved. The server checks them before a version serves. Some questions are
/// texts, which also test the encoder; the others are only embeddings.
/// </summary>
public sealed class ModelSelfTest
{
    /// <summary>Highest number of topics with a question each.</summary>
    private const int MostTopics = 16;

    /// <summary>Lowest cosine similarity of equal texts. Another processor rounds the same encoder differently.</summary>
    private const double SameText = 0.9999;

    internal ModelSelfTest(IReadOnlyList<string> texts, Matrix embeddings, int[] topicIds, double[] probabilities)
    {
        if (texts.Count != embeddings.Rows || topicIds.Length != embeddings.Rows || probabilities.Length != embeddings.Rows)
        {
            throw new InvalidDataException("The texts, embeddings and answers of the self-test differ in number.");
        }

        Texts = texts;
        Embeddings = embeddings;
        TopicIds = topicIds;
        Probabilities = probabilities;
    }

    /// <summary>Number of questions.</summary>
    public int Count => Texts.Count;

    /// <summary>Text of each question; empty for a question without text.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Embedding of each question.</summary>
    public Matrix Embeddings { get; }

    /// <summary>Topic of each answer.</summary>
    public int[] TopicIds { get; }

    /// <summary>Probability of each answer, compared bitwise.</summary>
    public double[] Probabilities { get; }

    /// <summary>
    /// Records the answers of a model for the first representative document of each of its largest topics, and for the normalized mean of
    /// each two consecutive documents, which is not a training document.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>Questions and answers; none for a model without training embeddings.</returns>
    public static ModelSelfTest Record(TopicModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Matrix? rows = model.DocumentVectors;
        RepresentativeDocument[] documents = rows is null
            ? []
            : [
                .. model.Topics.Where(topic => topic.RepresentativeDocuments.Count > 0)
                    .Take(MostTopics)
                    .Select(topic => topic.RepresentativeDocuments[0]),
            ];
        int count = Math.Max(0, (2 * documents.Length) - 1);
        string[] texts = new string[count];
        Matrix vectors = new(count, model.Embedder.Dimension);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = rows!.Row(documents[i / 2].Row);
            texts[i] = i % 2 == 0 ? documents[i / 2].Text : "";
            row.CopyTo(vectors.Row(i));
            if (i % 2 == 1)
            {
                HalfwayTo(rows.Row(documents[(i / 2) + 1].Row), vectors.Row(i));
            }
        }

        int[] topics = new int[count];
        double[] probabilities = new double[count];
        for (int i = 0; i < count; i++)
        {
            TopicPrediction answer = model.PredictByDefault(vectors.Row(i));
            topics[i] = answer.TopicId;
            probabilities[i] = answer.Probability;
        }

        return new ModelSelfTest(texts, vectors, topics, probabilities);
    }

    /// <summary>Checks that a model gives the stored answers for the stored embeddings, bitwise.</summary>
    /// <param name="model">The loaded model.</param>
    /// <param name="cancellationToken">Stops between two questions.</param>
    /// <exception cref="InvalidDataException">An answer differs. The message names the question.</exception>
    public void Check(TopicModel model, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        for (int i = 0; i < Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            TopicPrediction answer = model.PredictByDefault(Embeddings.Row(i));
            if (answer.TopicId != TopicIds[i]
                || BitConverter.DoubleToInt64Bits(answer.Probability) != BitConverter.DoubleToInt64Bits(Probabilities[i]))
            {
                throw new InvalidDataException(
                    $"The model answers question {i} of its self-test with topic {answer.TopicId} ({answer.Probability:R}); the saved "
                    + $"answer is topic {TopicIds[i]} ({Probabilities[i]:R}).");
            }
        }
    }

    /// <summary>Checks that an encoder gives the stored embeddings for the stored texts.</summary>
    /// <param name="embedder">The encoder that will serve the model.</param>
    /// <param name="cancellationToken">Stops between two texts.</param>
    /// <exception cref="InvalidDataException">An embedding differs. The message names the text.</exception>
    public void Check(IEmbedder embedder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        if (embedder.Info.Dimension != Embeddings.Columns && Count > 0)
        {
            throw new InvalidDataException($"The encoder has the dimension {embedder.Info.Dimension}; the model requires "
                + $"{Embeddings.Columns}.");
        }

        float[] vector = new float[embedder.Info.Dimension];
        for (int i = 0; i < Count; i++)
        {
            if (Texts[i].Length == 0)
            {
                continue;
            }

            embedder.Embed(Texts[i], vector, cancellationToken);
            double cosine = TensorPrimitives.CosineSimilarity<float>(vector, Embeddings.Row(i));
            if (!(cosine >= SameText))
            {
                throw new InvalidDataException($"The embedding of text {i} of the self-test differs from the saved one "
                    + $"(cosine {cosine:F6}; at least {SameText} is required).");
            }
        }
    }

    private static void HalfwayTo(ReadOnlySpan<float> other, Span<float> vector)
    {
        TensorPrimitives.Add(vector, other, vector);
        float norm = TensorPrimitives.Norm<float>(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }
    }
}
