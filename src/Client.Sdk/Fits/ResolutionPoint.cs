namespace TopicGrpc.Client.Fits;

/// <summary>One size of the smallest cluster that the server tried, and how well layouts with different seeds agree there.</summary>
/// <param name="MinClusterSize">Size of the smallest cluster, <c>min_cluster_size</c>.</param>
/// <param name="MaxClusterSize">Size above which clusters are split, <c>max_cluster_size</c>; 0 if none is.</param>
/// <param name="TopicCount">Number of topics, without the outliers.</param>
/// <param name="OutlierCount">Number of outliers.</param>
/// <param name="Agreement">
/// Adjusted mutual information between the topics of layouts with different seeds: 1 for the same topics, about 0 for unrelated ones.
/// </param>
/// <param name="IsEligible">False if a layout has too few topics or one with more than half of the documents.</param>
/// <param name="IsChosen">True for the size of the version.</param>
public sealed record ResolutionPoint(
    int MinClusterSize,
    int MaxClusterSize,
    int TopicCount,
    long OutlierCount,
    double Agreement,
    bool IsEligible,
    bool IsChosen);
