using Grpc.Core;
using TopicGrpc.Server.Embedding;

namespace TopicGrpc.Server.Rpc;

/// <summary>The context of a unary call whose token is also canceled by the server's default deadline.</summary>
internal sealed class DeadlineContext(ServerCallContext inner, CallDeadline deadline) : TokenContext(inner, deadline.Token)
{
    /// <summary>The deadline of the call.</summary>
    public CallDeadline CallDeadline => deadline;
}
