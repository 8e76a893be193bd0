namespace TopicGrpc.Server.Receiving;

/// <summary>Log messages of calls and receiving; ids from 3000.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "{Method} failed because of a defect; trace {Trace}.")]
    public static partial void Defect(ILogger logger, Exception exception, string method, string trace);

    [LoggerMessage(3002, LogLevel.Warning, "{Method} was rejected with {Reason}.")]
    public static partial void Rejected(ILogger logger, Exception exception, string method, string reason);

    [LoggerMessage(3101, LogLevel.Information, "{Method} ended with {Reason}: {Message}")]
    public static partial void Ended(ILogger logger, string method, string reason, string message);
}
