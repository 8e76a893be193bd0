using TopicGrpc.Client;
using TopicGrpc.Client.Keys;
using TopicGrpc.Client.Servers;

namespace TopicGrpc.Explorer.Sessions;

/// <summary>A visitor of the page: the client that sends the calls with the visitor's credential, and what the visitor may do.</summary>
/// <param name="client">Client with the credential of the visitor.</param>
/// <param name="caller">The visitor as the server knows it.</param>
public sealed class Session(TopicGrpcClient client, CallerInfo caller)
{
    /// <summary>Client with the credential of the visitor.</summary>
    public TopicGrpcClient Client => client;

    /// <summary>The visitor as the server knows it.</summary>
    public CallerInfo Caller => caller;

    /// <summary>Whether the visitor signed in, and so can sign out.</summary>
    public bool IsSignedIn { get; init; }

    /// <summary>Whether the visitor may create corpora and ingest documents.</summary>
    public bool CanWrite => caller.Role >= KeyRole.Writer;

    /// <summary>Whether the visitor may fit, derive versions, and move labels and traffic.</summary>
    public bool CanTrain => caller.Role >= KeyRole.Trainer;

    /// <summary>Whether the visitor may delete.</summary>
    public bool CanDelete => caller.Role >= KeyRole.Admin;
}
