using System.Numerics.Tensors;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Questions that a model answered when it was saved, with the answers: a version is asked again before it serves. Some
/// questions are texts, for the way from text to answer; the others are vectors only.
/// </summary>
public sealed class ModelSelfTest
{
    /// <summary>Most topics that give a question each.</summary>
    private const int MostTopics = 16;

    /// <summary>Same weights on another processor round otherwise; vectors this close are the same text's.</summary>
    private const double SameText = 0.9999;

    internal ModelSelfTest(IReadOnlyList<string> texts, Matrix embeddings, int[] topicIds, double[] probabilities)
    {
        if (texts.Count != embeddings.Rows || topicIds.Length != embeddings.Rows || probabilities.Length != embeddings.Rows)
        {
            throw new InvalidDataException("The self-test's texts, vectors and answers differ in number.");
        }

        Texts = texts;
        Embeddings = embeddings;
        TopicIds = topicIds;
        Probabilities = probabilities;
    }

    /// <summary>Number of questions.</summary>
    public int Count => Texts.Count;

    /// <summary>Text of each question; empty where it is a vector only.</summary>
    public IReadOnlyList<string> Texts { get; }

    /// <summary>Vector of each question.</summary>
    public Matrix Embeddings { get; }

    /// <summary>Topic answered.</summary>
    public int[] TopicIds { get; }

    /// <summary>Probability answered, to the bit.</summary>
    public double[] Probabilities { get; }

    /// <summary>
    /// Asks a model about the first representative document of each of its largest topics, and about the point halfway
    /// between each of them and the next, which no training document gives away.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <returns>Questions and answers; none for a model without training vectors.</returns>
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

    /// <summary>Asks a model again, from the stored vectors. The answers must be the same to the bit.</summary>
    /// <param name="model">The model as loaded.</param>
    /// <param name="cancellationToken">Stops between two questions.</param>
    /// <exception cref="InvalidDataException">The model answers otherwise; the message says where.</exception>
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
                    $"The model answers question {i} of its self-test with topic {answer.TopicId} ({answer.Probability:R}); it was saved "
                    + $"with topic {TopicIds[i]} ({Probabilities[i]:R}).");
            }
        }
    }

    /// <summary>Checks that an encoder turns the stored texts into the stored vectors.</summary>
    /// <param name="embedder">The encoder that will serve the model.</param>
    /// <param name="cancellationToken">Stops between two texts.</param>
    /// <exception cref="InvalidDataException">The encoder gives another vector; the message says where.</exception>
    public void Check(IEmbedder embedder, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(embedder);
        if (embedder.Info.Dimension != Embeddings.Columns && Count > 0)
        {
            throw new InvalidDataException($"The encoder gives vectors of {embedder.Info.Dimension} values, the model reads "
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
                throw new InvalidDataException($"The encoder gives text {i} of the self-test another vector (cosine {cosine:F6}) than "
                    + "when the model was saved.");
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
