namespace TopicGrpc.Cluster.Embedding;

/// <summary>An attempt that has ended.</summary>
/// <param name="Attempt">The attempt.</param>
/// <param name="End">How it ended.</param>
/// <param name="Reply">The last answer of the member, if it answered.</param>
internal sealed record AttemptOutcome(ChunkAttempt Attempt, AttemptEnd End, ChunkReply? Reply = null);
