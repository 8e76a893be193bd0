using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>The object of a block is missing or damaged, and its row still names it.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It always names the block.")]
internal sealed class LostBlockException(AssignmentBlock block, Exception inner) : IOException(inner.Message, inner)
{
    /// <summary>The block.</summary>
    public AssignmentBlock Block { get; } = block;
}
