namespace TopicGrpc.Server.Audit;

/// <summary>Log messages of the audit log; ids from 7200.</summary>
internal static partial class Log
{
    [LoggerMessage(7201, LogLevel.Error, "The audit log could not record {Method} of {Caller}.")]
    public static partial void NotWritten(ILogger logger, Exception exception, string method, string caller);
}
