namespace TopicGrpc.Server.Embedding;

/// <summary>Log messages of the encoder's threads; ids from 3500.</summary>
internal static partial class Log
{
    [LoggerMessage(
        3501,
        LogLevel.Error,
        "The encoder hangs: {Threads} threads have been running one text each for more than {Seconds:0} seconds. Only a restart of the "
        + "process frees them.")]
    public static partial void Hangs(ILogger logger, int threads, double seconds);

    [LoggerMessage(3502, LogLevel.Information, "The encoder no longer hangs.")]
    public static partial void HangEnded(ILogger logger);
}
