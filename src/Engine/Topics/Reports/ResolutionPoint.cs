namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>One size of the smallest cluster that an automatic fit tried, and how well its layouts agree there.</summary>
/// <param name="MinClusterSize">Size of the smallest cluster; Python <c>min_cluster_size</c>.</param>
/// <param name="MaxClusterSize">Size above which clusters are split; 0 if none is. Python <c>max_cluster_size</c>.</param>
/// <param name="Topics">Number of topics of the fit's layout, without the outlier topic.</param>
/// <param name="Outliers">Number of outliers of the fit's layout.</param>
/// <param name="Agreement">
/// Mean adjusted mutual information between the topics of the fit's layout and those of the check layouts: 1 for the same topics, about 0
/// for unrelated ones.
/// </param>
/// <param name="Eligible">False if a layout has too few topics or one with more than half of the documents; the size is not chosen.</param>
/// <param name="Chosen">True for the size of the fit.</param>
public sealed record ResolutionPoint(
    int MinClusterSize, int MaxClusterSize, int Topics, int Outliers, double Agreement, bool Eligible, bool Chosen);
