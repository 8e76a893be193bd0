using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Assignments;

/// <summary>Log messages of shared assignments; ids from 8871.</summary>
internal static partial class Log
{
    [LoggerMessage(8871, LogLevel.Debug, "A sweep deleted {Deleted} objects that no assignment uses.")]
    public static partial void Swept(ILogger logger, int deleted);

    [LoggerMessage(8872, LogLevel.Warning, "A sweep of the assignments in the object store failed. The next one continues.")]
    public static partial void SweepFailed(ILogger logger, Exception exception);

    [LoggerMessage(8873, LogLevel.Error, "Some topics of {Corpus} by {Version} are lost. The next AssignCorpus assigns them again.")]
    public static partial void BlockLost(ILogger logger, Exception exception, string corpus, string version);
}
