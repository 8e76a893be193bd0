namespace TopicGrpc.Server.Errors;

/// <summary>A reason not to start that the operator can remove. The message names the cause and the next step.</summary>
internal sealed class StartupException : InvalidOperationException
{
    /// <summary>Exit code of data that is missing, damaged or of another folder: the operator must restore something.</summary>
    public const int DataError = 78;

    /// <summary>Exit code of invalid options.</summary>
    public const int UsageError = 2;

    /// <summary>Exit code of any other reason.</summary>
    public const int OtherError = 1;

    public StartupException(string message, int exitCode = OtherError)
        : base(message) => ExitCode = exitCode;

    public StartupException(string message, Exception inner, int exitCode = OtherError)
        : base(message, inner) => ExitCode = exitCode;

    /// <summary>Exit code of the process.</summary>
    public int ExitCode { get; }
}
