namespace TopicGrpc.Client.Fits;

/// <summary>Agreement of predictions for training documents with their assignments.</summary>
/// <param name="Share">Share of the sample with the same topic, 0 to 1; the outliers count as one topic.</param>
/// <param name="SampleSize">Number of documents in the sample.</param>
public sealed record PredictionAgreement(double Share, int SampleSize);
