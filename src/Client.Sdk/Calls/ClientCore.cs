using Grpc.Core;
using TopicGrpc.Client.Balancing;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Client.Calls;

/// <summary>Connection and call rules that the sub-clients share.</summary>
internal sealed class ClientCore(
    TopicGrpcClientOptions options,
    CallInvoker invoker,
    Backoff? backoff = null,
    CallerCredentials? credentials = null,
    MemberHealth? health = null,
    Action<TimeSpan>? reconnect = null)
{
    public TopicGrpcClientOptions Options => options;

    public CallInvoker Invoker => invoker;

    public CallPipeline Calls { get; } = new(options, backoff, credentials, health, reconnect);

    /// <summary>Credentials of the calls; null: none.</summary>
    public CallerCredentials? Credentials => credentials;

    /// <summary>Records of servers; null: the channel has one server.</summary>
    public MemberHealth? Health => health;

    public Backoff Backoff { get; } = backoff ?? new Backoff(options.Retry);
}
