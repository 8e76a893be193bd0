namespace TopicGrpc.Cli.Errors;

/// <summary>What the process says to a script; documented in the help of the root command.</summary>
internal static class ExitCodes
{
    public const int Ok = 0;

    /// <summary>The work failed: the server refused it, it was not reachable, a port was in use.</summary>
    public const int Failed = 1;

    /// <summary>The command line, a settings file or an input file is wrong; nothing was started.</summary>
    public const int BadInput = 2;

    /// <summary>Interrupted (128 + SIGINT, as shells count).</summary>
    public const int Cancelled = 130;
}
