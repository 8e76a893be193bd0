using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Predicting;

/// <summary>A version's answer to a question, and its cost.</summary>
/// <param name="Prediction">Topic and probabilities.</param>
/// <param name="Method">How the topic was found.</param>
/// <param name="Embedding">Embedding of the text and its cost.</param>
/// <param name="Assignment">Time spent in layout and clusters.</param>
internal sealed record PredictionAnswer(
    TopicPrediction Prediction,
    PredictionMethod Method,
    EmbeddingOutcome Embedding,
    TimeSpan Assignment);
