using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Predicting;

/// <summary>Predicts topics: embeds a text, then assigns the embedding to a topic of a version, independently of other texts.</summary>
internal sealed class Predictor(
    EmbeddingExecutors executors,
    AnswerCache cache,
    CallWatch calls,
    PredictMetrics metrics,
    TimeProvider clock)
{
    /// <summary>Answers a question by a version on which the caller holds a lease. The caller has checked the text.</summary>
    /// <exception cref="ServiceException">
    /// The embedding of the question is invalid, the encoder knows no part of the text, or the queue rejects the text.
    /// </exception>
    public async Task<PredictionAnswer> PredictAsync(VersionHandle version, Question question, CancellationToken cancellationToken)
    {
        if (question.Priority == EmbeddingPriority.Interactive)
        {
            calls.Note();
        }

        return question.Embedding.Count > 0
            ? PredictEmbedding(version, question)
            : await PredictTextAsync(version, question, cancellationToken);
    }

    /// <summary>Assigns an embedding to a topic of a version on which the caller holds a lease.</summary>
    public PredictionAnswer Place(VersionHandle version, EmbeddingOutcome embedding, TopicQuestion question)
    {
        long started = clock.GetTimestamp();
        TopicAnswer answer = version.Content.Answer(embedding.Vector, question);
        return new PredictionAnswer(answer, question, embedding, clock.GetElapsedTime(started));
    }

    private PredictionAnswer PredictEmbedding(VersionHandle version, Question question)
    {
        float[] vector = EmbeddingRules.Check(question.Embedding, version.Content.Embedder.Dimension, "embedding");
        EmbeddingOutcome given = new(vector, new EmbeddingCost(0, false, TimeSpan.Zero, TimeSpan.Zero), TimeSpan.Zero);
        return Place(version, question, given);
    }

    private async Task<PredictionAnswer> PredictTextAsync(VersionHandle version, Question question, CancellationToken cancellationToken)
    {
        version.RequireTextEncoder();
        if (!cache.IsOn)
        {
            return Place(version, question, await EmbedAsync(question, cancellationToken));
        }

        var key = AnswerKey.Of(version, question);
        if (cache.TryGet(key, out PredictionAnswer? cached))
        {
            return cached;
        }

        PredictionAnswer answer = Place(version, question, await EmbedAsync(question, cancellationToken));
        cache.Add(key, answer);
        return answer;
    }

    private async Task<EmbeddingOutcome> EmbedAsync(Question question, CancellationToken cancellationToken)
    {
        EmbeddingOutcome embedding = await executors.EmbedAsync(question.Text, question.Priority, question.Deadline, cancellationToken);
        return embedding.Cost.IsUnknown ? throw Fault.InputUnknown(question.Field)
            : embedding.IsFinite ? embedding
            : throw Fault.InputNotFinite(question.Field);
    }

    private PredictionAnswer Place(VersionHandle version, Question question, EmbeddingOutcome embedding)
    {
        PredictionAnswer answer = Place(version, embedding, question.ToModel());
        metrics.Placed(answer);
        return answer;
    }
}
