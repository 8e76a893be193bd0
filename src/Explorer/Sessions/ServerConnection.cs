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
    public TopicGrpcClient Create(string? credential) => Create(credential, tokens: null);

    /// <summary>Returns a client whose token is replaced when the server rejects it.</summary>
    /// <param name="tokens">Returns the token, and a new one at each further call.</param>
    public TopicGrpcClient Create(Func<CancellationToken, ValueTask<string>> tokens) => Create(credential: null, tokens);

    // Credentials that the host has for itself must not act for visitors.
    private TopicGrpcClient Create(string? credential, Func<CancellationToken, ValueTask<string>>? tokens)
    {
        TopicGrpcClientOptions given = options();
        given.ApiKey = credential;
        given.ApiKeyFile = null;
        given.TokenProvider = tokens;
        given.TokenFile = null;
        given.MaxReceiveMessageBytes = MaxReceiveMessageBytes;
        return new TopicGrpcClient(given);
    }
}
