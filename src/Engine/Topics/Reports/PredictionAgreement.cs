namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>How often a model predicts for its own documents the topic that they have in it.</summary>
/// <param name="Share">Share of the sample with the same topic, 0 to 1; outliers count as a topic.</param>
/// <param name="SampleSize">Documents asked for.</param>
public sealed record PredictionAgreement(double Share, int SampleSize);
