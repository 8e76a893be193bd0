namespace TopicGrpc.Cluster.Artifacts;

/// <summary>What one sweep did.</summary>
/// <param name="Abandoned">Publications that were abandoned.</param>
/// <param name="Deleted">Objects without references that were deleted.</param>
/// <param name="Strays">Objects that the ledger did not list and that were deleted.</param>
/// <param name="Uploads">Unfinished uploads that were aborted.</param>
internal sealed record SweepResult(int Abandoned, int Deleted, int Strays, int Uploads);
