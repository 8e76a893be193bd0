using Google.Protobuf.Collections;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Predicting;

/// <summary>Answers texts: embeds them when their turn comes, then places each alone in the version's layout and clusters.</summary>
internal sealed class Predictor(EmbeddingExecutors executors, AnswerCache cache, CallWatch calls, PredictMetrics metrics, TimeProvider clock)
{
    /// <summary>Answers one text by one version, which the caller holds.</summary>
    public async Task<PredictionAnswer> PredictAsync(VersionHandle version, string text, bool byCentroid, bool allTopics, EmbeddingPriority priority, CallDeadline? deadline, CancellationToken cancellationToken)
    {
        Note(priority);
        AnswerKey key = default;
        if (cache.IsOn)
        {
            key = AnswerKey.Of(version, text, byCentroid, allTopics);
            if (cache.TryGet(key, out PredictionAnswer? kept))
            {
                return kept;
            }
        }

        EmbeddingOutcome embedding = await executors.EmbedAsync(text, priority, deadline, cancellationToken);
        PredictionAnswer answer = Place(version, embedding, byCentroid, allTopics);
        metrics.Placed(answer);
        if (cache.IsOn)
        {
            cache.Add(key, answer);
        }

        return answer;
    }

    /// <summary>Answers a text, or the embedding that the caller gave in its place.</summary>
    /// <exception cref="ServiceException">Both are given or none, or what is given breaks a rule.</exception>
    public Task<PredictionAnswer> PredictAsync(
        VersionHandle version, string text, RepeatedField<float> embedding, bool byCentroid, bool allTopics, EmbeddingPriority priority, CallDeadline? deadline, CancellationToken cancellationToken)
    {
        if (embedding.Count == 0)
        {
            return TextRules.Violation(text, "text") is { } violation ? throw violation : PredictAsync(version, text, byCentroid, allTopics, priority, deadline, cancellationToken);
        }

        if (text.Length > 0)
        {
            throw Fault.InvalidField("embedding", "must be empty beside text");
        }

        Note(priority);
        float[] vector = EmbeddingRules.Check(embedding, version.Content.Embedder.Dimension, "embedding");
        EmbeddingOutcome given = new(vector, new EmbeddingCost(0, false, TimeSpan.Zero, TimeSpan.Zero), TimeSpan.Zero);
        PredictionAnswer answer = Place(version, given, byCentroid, allTopics);
        metrics.Placed(answer);
        return Task.FromResult(answer);
    }

    private void Note(EmbeddingPriority priority)
    {
        if (priority == EmbeddingPriority.Interactive)
        {
            calls.Note();
        }
    }

    /// <summary>Finds the topic of a vector by one version, which the caller holds.</summary>
    public PredictionAnswer Place(VersionHandle version, EmbeddingOutcome embedding, bool byCentroid, bool allTopics)
    {
        long started = clock.GetTimestamp();
        TopicPrediction prediction = byCentroid
            ? version.Content.PredictByCentroid(embedding.Vector, allTopics)
            : version.Content.Predict(embedding.Vector, allTopics);
        return new PredictionAnswer(prediction, byCentroid, embedding, clock.GetElapsedTime(started));
    }
}
