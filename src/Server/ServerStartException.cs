namespace TopicGrpc.Server;

/// <summary>The server cannot start. The message says in one line what must be fixed.</summary>
public sealed class ServerStartException : Exception
{
    internal ServerStartException(string message, int exitCode, Exception inner)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>
    /// Exit code for the process: 78 if data is missing, damaged or of another data folder and must be restored; 1 for any other cause.
    /// </summary>
    public int ExitCode { get; }
}
