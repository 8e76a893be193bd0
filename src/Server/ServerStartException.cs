namespace TopicGrpc.Server;

/// <summary>The server cannot start: the message says in one line what has to be mended.</summary>
public sealed class ServerStartException : Exception
{
    internal ServerStartException(string message, Exception inner)
        : base(message, inner)
    {
    }
}
