namespace TopicGrpc.Server.Shadowing;

/// <summary>Log messages of shadow versions; ids from 1700.</summary>
internal static partial class Log
{
    [LoggerMessage(EventId = 1701, Message = "The shadow version {Version} could not answer a copy.")]
    public static partial void CopyFailed(ILogger logger, LogLevel level, Exception exception, string version);
}
