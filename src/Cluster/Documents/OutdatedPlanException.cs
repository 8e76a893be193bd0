using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Cluster.Documents;

/// <summary>A change was planned for another end of a log. Thrown in its transaction, so that nothing of it takes effect.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It has one meaning and one message.")]
internal sealed class OutdatedPlanException() : InvalidOperationException("The log has another end.");
