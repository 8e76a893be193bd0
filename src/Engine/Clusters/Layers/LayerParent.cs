namespace TopicGrpc.Engine.Clusters.Layers;

/// <summary>Cluster of a coarser layer that contains a cluster.</summary>
/// <param name="Layer">Index of the layer; the number of layers if no layer has such a cluster, so the parent is the whole tree.</param>
/// <param name="Cluster">Cluster in that layer; 0 for the whole tree.</param>
public readonly record struct LayerParent(int Layer, int Cluster);
