namespace TopicGrpc.Client.Fits;

/// <summary>How often a version predicts for its own documents the topic that they have in it.</summary>
/// <param name="Share">Share of the sample with the same topic, outliers counted as one, 0 to 1.</param>
/// <param name="SampleSize">Documents asked for.</param>
public sealed record PredictionAgreement(double Share, int SampleSize);
