namespace TopicGrpc.Client.Operations;

/// <summary>Gives outliers to the topic that they resemble most; BERTopic's <c>reduce_outliers</c> followed by <c>update_topics</c>.</summary>
/// <param name="Strategy">What is compared.</param>
/// <param name="Threshold">Least similarity or probability, 0 to 1; what is less stays an outlier.</param>
public sealed record ReduceOutliers(OutlierStrategy Strategy = OutlierStrategy.Distributions, double Threshold = 0) : VersionOperation;
