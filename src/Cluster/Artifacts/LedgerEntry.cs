namespace TopicGrpc.Cluster.Artifacts;

/// <summary>One object that a publication needs.</summary>
/// <param name="Sha256">SHA-256 of its content.</param>
/// <param name="Length">Length of its content in bytes.</param>
internal sealed record LedgerEntry(string Sha256, long Length);
