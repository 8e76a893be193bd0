namespace TopicGrpc.Engine.Clusters;

/// <summary>Cluster and membership strength of one point.</summary>
/// <param name="Cluster">Cluster number, from 0; −1 for an outlier.</param>
/// <param name="Strength">Membership strength, 0 (outlier) to 1 (core of the cluster).</param>
public readonly record struct ClusterAssignment(int Cluster, double Strength);
