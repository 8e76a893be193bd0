using Grpc.Core;

namespace TopicGrpc.Client.Testing.Transport;

/// <summary>
/// Context of an in-memory call. The fake has no deadline: when the deadline passes, the client cancels the call, as over a network.
/// </summary>
internal sealed class InMemoryCallContext(string method, CancellationToken aborted) : ServerCallContext
{
    protected override string MethodCore => method;

    protected override string HostCore => "topicgrpc.fake";

    protected override string PeerCore => "in-memory";

    protected override DateTime DeadlineCore => DateTime.MaxValue;

    protected override Metadata RequestHeadersCore { get; } = [];

    protected override CancellationToken CancellationTokenCore => aborted;

    protected override Metadata ResponseTrailersCore { get; } = [];

    protected override Status StatusCore { get; set; }

    protected override WriteOptions? WriteOptionsCore { get; set; }

    protected override AuthContext AuthContextCore { get; } = new(null, []);

    protected override ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options) =>
        throw new NotSupportedException("The fake makes no calls.");

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Task.CompletedTask;
}
