namespace TopicGrpc.Server;

/// <summary>The server cannot start. The message says in one line what must be fixed.</summary>
public sealed class ServerStartException : Exception
{
    internal ServerStartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
