using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Predicting;

/// <summary>Answers texts: embeds them when their turn comes, then places each alone in the version's layout and clusters.</summary>
internal sealed class Predictor(EmbeddingExecutors executors, TimeProvider clock)
{
    /// <summary>Answers one text by one version, which the caller holds.</summary>
    public async Task<PredictionAnswer> PredictAsync(VersionHandle version, string text, bool allTopics, EmbeddingPriority priority, CancellationToken cancellationToken)
    {
        EmbeddingOutcome embedding = await executors.EmbedAsync(text, priority, cancellationToken);
        long started = clock.GetTimestamp();
        TopicPrediction prediction = version.Content.HasDensity
            ? version.Content.Predict(embedding.Vector, allTopics)
            : version.Content.PredictByCentroid(embedding.Vector, allTopics);
        return new PredictionAnswer(prediction, embedding, clock.GetElapsedTime(started));
    }
}
