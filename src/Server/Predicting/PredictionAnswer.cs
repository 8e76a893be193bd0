using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Server.Predicting;

/// <summary>A version's answer to a text, and what it took.</summary>
/// <param name="Prediction">The answer.</param>
/// <param name="Embedding">The text's vector and its cost.</param>
/// <param name="Assignment">Time spent in layout and clusters.</param>
internal sealed record PredictionAnswer(TopicPrediction Prediction, EmbeddingOutcome Embedding, TimeSpan Assignment);
