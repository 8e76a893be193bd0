namespace TopicGrpc.Engine.Clusters;

/// <summary>The cluster of one point.</summary>
/// <param name="Cluster">Cluster number from 0; −1: outlier.</param>
/// <param name="Strength">How deep in the cluster the point lies, 0 (outlier) to 1 (its core).</param>
public readonly record struct ClusterAssignment(int Cluster, double Strength);
