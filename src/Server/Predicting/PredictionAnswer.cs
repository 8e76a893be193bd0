using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Predicting;

/// <summary>A version's answer to a question, and its cost.</summary>
/// <param name="Answer">Topic, probabilities and novelty.</param>
/// <param name="Asked">How the topic was found; with the fingerprint of the text, by which a shadow version recognizes it as well.</param>
/// <param name="Embedding">Embedding of the text and its cost.</param>
/// <param name="Assignment">Time spent in layout and clusters.</param>
internal sealed record PredictionAnswer(
    TopicAnswer Answer,
    TopicQuestion Asked,
    EmbeddingOutcome Embedding,
    TimeSpan Assignment)
{
    /// <summary>Topic and probabilities.</summary>
    public TopicPrediction Prediction => Answer.Prediction;
}
