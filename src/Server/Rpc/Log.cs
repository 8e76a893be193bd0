namespace TopicGrpc.Server.Rpc;

/// <summary>Log messages of the calls; ids from 3000.</summary>
internal static partial class Log
{
    [LoggerMessage(3001, LogLevel.Error, "{Method} failed by a defect; trace {Trace}.")]
    public static partial void Defect(ILogger logger, Exception exception, string method, string trace);

    [LoggerMessage(3002, LogLevel.Warning, "{Method} was refused with {Reason}.")]
    public static partial void Refused(ILogger logger, Exception exception, string method, string reason);
}
