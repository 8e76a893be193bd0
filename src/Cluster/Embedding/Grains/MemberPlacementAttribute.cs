using Orleans.Placement;

namespace TopicGrpc.Cluster.Embedding.Grains;

/// <summary>Places a grain by <see cref="MemberPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class MemberPlacementAttribute() : PlacementAttribute(new MemberPlacement());
