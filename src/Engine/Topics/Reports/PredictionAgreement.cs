namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>How often a model predicts the assignment of its own documents.</summary>
/// <param name="Share">
/// Share of the sample for which prediction and assignment are equal, 0 to 1; the outlier topic counts as a topic.
/// </param>
/// <param name="SampleSize">Number of documents in the sample.</param>
public sealed record PredictionAgreement(double Share, int SampleSize);
