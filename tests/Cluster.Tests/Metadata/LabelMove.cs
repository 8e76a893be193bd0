namespace TopicGrpc.Cluster.Tests.Metadata;

/// <summary>One compare-and-set of a label.</summary>
/// <param name="Expected">Number that the label must have.</param>
/// <param name="Next">Number that it gets; no other move has it.</param>
/// <param name="Started">Logical time before the call.</param>
/// <param name="Ended">Logical time after the call.</param>
/// <param name="HasSucceeded">Whether the call changed the label.</param>
internal sealed record LabelMove(long Expected, long Next, int Started, int Ended, bool HasSucceeded);
