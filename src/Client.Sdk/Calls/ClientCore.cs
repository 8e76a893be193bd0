using Grpc.Core;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>Connection and call rules that the sub-clients share.</summary>
internal sealed class ClientCore(
    TopicGrpcClientOptions options,
    CallInvoker invoker,
    Backoff? backoff = null,
    CallerCredentials? credentials = null)
{
    public TopicGrpcClientOptions Options => options;

    public CallInvoker Invoker => invoker;

    public CallPipeline Calls { get; } = new(options, backoff, credentials);

    /// <summary>Credentials of the calls; null: none.</summary>
    public CallerCredentials? Credentials => credentials;

    public Backoff Backoff { get; } = backoff ?? new Backoff(options.Retry);
}
