using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Jobs;

/// <summary>Log messages of shared jobs; ids from 8400.</summary>
internal static partial class Log
{
    [LoggerMessage(8401, LogLevel.Error, "The state of jobs could not be exchanged with other members; it is tried again in a second.")]
    public static partial void PulseFailed(ILogger logger, Exception exception);
}
