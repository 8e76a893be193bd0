namespace TopicGrpc.Server.Receiving;

/// <summary>Log messages of receiving; ids from 3100.</summary>
internal static partial class Log
{
    [LoggerMessage(3101, LogLevel.Information, "{Method} ended with {Reason}: {Message}")]
    public static partial void Ended(ILogger logger, string method, string reason, string message);
}
