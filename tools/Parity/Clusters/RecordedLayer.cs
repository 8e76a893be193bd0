namespace TopicGrpc.Parity.Clusters;

/// <summary>One recorded layer.</summary>
/// <param name="MinClusterSize">Minimum cluster size of the layer.</param>
/// <param name="Labels">Cluster of each point; −1 for outliers.</param>
/// <param name="Strengths">Membership strength of each point.</param>
internal sealed record RecordedLayer(int MinClusterSize, int[] Labels, double[] Strengths);
