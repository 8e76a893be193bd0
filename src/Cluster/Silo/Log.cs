using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Silo;

/// <summary>Log messages of the silo; ids from 8200.</summary>
internal static partial class Log
{
    [LoggerMessage(8201, LogLevel.Information, "The silo has started at {Address}.")]
    public static partial void SiloStarted(ILogger logger, string address);

    [LoggerMessage(
        8202, LogLevel.Error, "The silo does not run. The server answers calls, but shares no work. The silo starts again in {Delay}.")]
    public static partial void SiloFailed(ILogger logger, Exception exception, TimeSpan delay);

    [LoggerMessage(8203, LogLevel.Warning, "The silo could not leave the cluster in order. The other members declare it dead.")]
    public static partial void SiloNotStopped(ILogger logger, Exception exception);
}
