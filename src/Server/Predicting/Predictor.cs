using TopicGrpc.Engine.Embeddings;
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
        return Place(version, embedding, allTopics);
    }

    /// <summary>Answers an embedding that the caller gave.</summary>
    /// <param name="version">Version, which the caller holds.</param>
    /// <param name="vector">Unit-length vector by the version's encoder.</param>
    /// <param name="allTopics">Whether the probabilities of all topics are wanted.</param>
    public PredictionAnswer Predict(VersionHandle version, float[] vector, bool allTopics) =>
        Place(version, new EmbeddingOutcome(vector, new EmbeddingCost(0, false, TimeSpan.Zero, TimeSpan.Zero), TimeSpan.Zero), allTopics);

    private PredictionAnswer Place(VersionHandle version, EmbeddingOutcome embedding, bool allTopics)
    {
        long started = clock.GetTimestamp();
        TopicPrediction prediction = version.Content.HasDensity
            ? version.Content.Predict(embedding.Vector, allTopics)
            : version.Content.PredictByCentroid(embedding.Vector, allTopics);
        return new PredictionAnswer(prediction, embedding, clock.GetElapsedTime(started));
    }
}
