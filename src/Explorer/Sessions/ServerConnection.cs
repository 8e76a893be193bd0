using TopicGrpc.Client;
using TopicGrpc.Client.Configuration;

namespace TopicGrpc.Explorer.Sessions;

/// <summary>Creates clients of the server that the page shows.</summary>
/// <param name="options">Returns new options without credentials.</param>
internal sealed class ServerConnection(Func<TopicGrpcClientOptions> options)
{
    // A chart of many points is one message.
    private const int MaxReceiveMessageBytes = 64 << 20;

    /// <summary>Returns a client.</summary>
    /// <param name="credential">API key or token; null: calls have no credential.</param>
    public TopicGrpcClient Create(string? credential)
    {
        TopicGrpcClientOptions given = options();
        given.ApiKey = credential;
        given.ApiKeyFile = null;
        given.MaxReceiveMessageBytes = MaxReceiveMessageBytes;
        return new TopicGrpcClient(given);
    }
}
