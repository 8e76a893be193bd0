namespace TopicGrpc.Cluster.Artifacts;

/// <summary>The key under which a publication finds or writes a content.</summary>
/// <param name="Entry">The content.</param>
/// <param name="Key">The key.</param>
/// <param name="IsStored">Whether an earlier publication wrote and verified the object.</param>
internal sealed record Reservation(LedgerEntry Entry, string Key, bool IsStored);
