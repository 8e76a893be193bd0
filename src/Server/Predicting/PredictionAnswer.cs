using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Predicting;

/// <summary>A version's answer to a text, and what it took.</summary>
/// <param name="Prediction">The answer.</param>
/// <param name="ByCentroid">Found by the nearest mean vector, not by density.</param>
/// <param name="Embedding">The text's vector and its cost.</param>
/// <param name="Assignment">Time spent in layout and clusters.</param>
internal sealed record PredictionAnswer(TopicPrediction Prediction, bool ByCentroid, EmbeddingOutcome Embedding, TimeSpan Assignment);
