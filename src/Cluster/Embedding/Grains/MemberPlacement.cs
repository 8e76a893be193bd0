namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Placement of a grain on the silo whose address is its key.</summary>
[GenerateSerializer]
[Immutable]
[SuppressReferenceTracking]
internal sealed class MemberPlacement : PlacementStrategy;
