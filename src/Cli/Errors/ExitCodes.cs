namespace TopicGrpc.Cli.Errors;

/// <summary>Exit codes of the process. <see cref="Description"/> documents them; the help of the root command prints it.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The operation failed: the server failed a valid call, did not answer, or could not start.</summary>
    public const int Failed = 1;

    /// <summary>The command line, an option, a settings file, an input or a request is invalid; nothing was changed by it.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted: 128 + SIGINT, the convention of shells.</summary>
    public const int Cancelled = 130;

    public const string Description =
        "Exit codes: 0 success, 1 failure, 2 invalid command line, options, settings, input or request, 78 data folder incomplete or "
        + "damaged, 130 interrupted. A failure is one line on standard error.";
}
