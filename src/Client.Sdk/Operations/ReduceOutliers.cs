namespace TopicGrpc.Client.Operations;

/// <summary>Assigns outliers to the most similar topic; BERTopic's <c>reduce_outliers</c> followed by <c>update_topics</c>.</summary>
/// <param name="Strategy">Similarity to compare.</param>
/// <param name="Threshold">Smallest similarity or probability, 0 to 1; documents below remain outliers.</param>
public sealed record ReduceOutliers(OutlierStrategy Strategy = OutlierStrategy.Distributions, double Threshold = 0) : VersionOperation;
