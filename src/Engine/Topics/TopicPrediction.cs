namespace TopicGrpc.Engine.Topics;

/// <summary>Prediction for one new document.</summary>
/// <param name="TopicId">Topic, −1 for an outlier.</param>
/// <param name="Probability">Strength of the assignment in [0, 1]; 0 for an outlier.</param>
/// <param name="TopicProbabilities">
/// Probability of each topic 0 … k−1 by index; empty unless requested. Together with <paramref name="OutlierProbability"/> they sum to 1.
/// </param>
/// <param name="OutlierProbability">
/// Probability that the document belongs to no topic, 1 − Σ <paramref name="TopicProbabilities"/>; NaN unless requested.
/// </param>
public sealed record TopicPrediction(int TopicId, double Probability, IReadOnlyList<double> TopicProbabilities, double OutlierProbability);
