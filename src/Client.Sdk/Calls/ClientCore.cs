using Grpc.Core;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>What the sub-clients share: the way to the server and the rules for calls.</summary>
internal sealed class ClientCore(TopicGrpcClientOptions options, CallInvoker invoker, Backoff? backoff = null)
{
    public TopicGrpcClientOptions Options => options;

    public CallInvoker Invoker => invoker;

    public CallPipeline Calls { get; } = new(options, backoff);

    public Backoff Backoff { get; } = backoff ?? new Backoff(options.Retry);
}
