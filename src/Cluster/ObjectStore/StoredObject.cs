namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>One object of a listing.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">Its length in bytes.</param>
internal sealed record StoredObject(string Key, long Length);
