namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>One page of a listing in ordinal order of the keys.</summary>
/// <param name="Objects">The objects.</param>
/// <param name="Next">Key after which the next page starts; null after the last page.</param>
internal sealed record ObjectPage(IReadOnlyList<StoredObject> Objects, string? Next);
