using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Corpora;

/// <summary>A request has started an erasure already, perhaps at another server at the same time.</summary>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "It has one meaning and one message.")]
internal sealed class RequestRepeatedException() : InvalidOperationException("The request has started an erasure already.");
