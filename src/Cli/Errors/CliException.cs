namespace TopicGrpc.Cli.Errors;

/// <summary>A failure that the user can act on: the message becomes the line on standard error, the code the exit code.</summary>
internal sealed class CliException : Exception
{
    public CliException(string message, int exitCode = ExitCodes.Failed, Exception? inner = null)
        : base(message, inner)
    {
        ExitCode = exitCode;
    }

    public int ExitCode { get; }
}
