namespace TopicGrpc.Engine.Topics;

/// <summary>What a model says of one new document.</summary>
/// <param name="TopicId">Topic, −1 for an outlier.</param>
/// <param name="Probability">Strength of the assignment in [0, 1]; 0 for an outlier.</param>
/// <param name="TopicProbabilities">Probability of topics 0 … k−1 by index; empty unless asked for. What is missing to 1 is <paramref name="OutlierProbability"/>.</param>
/// <param name="OutlierProbability">Probability of belonging to no topic, 1 − Σ <paramref name="TopicProbabilities"/>; NaN unless asked for.</param>
public sealed record TopicPrediction(int TopicId, double Probability, IReadOnlyList<double> TopicProbabilities, double OutlierProbability);
