using Microsoft.Extensions.Logging;

namespace TopicGrpc.Cluster.Versions;

/// <summary>Log messages of shared versions; ids from 8800.</summary>
internal static partial class Log
{
    [LoggerMessage(8801, LogLevel.Information, "The files of {Version} are in the object store ({Manifest}).")]
    public static partial void Shared(ILogger logger, string version, string manifest);

    [LoggerMessage(8802, LogLevel.Warning, "The object store is unavailable; {Version} waits {Seconds} s for it.")]
    public static partial void StoreAwaited(ILogger logger, Exception exception, string version, double seconds);

    [LoggerMessage(8803, LogLevel.Warning, "The objects of an abandoned publication of {Version} stay until the sweep gives it up.")]
    public static partial void NotAbandoned(ILogger logger, Exception exception, string version);

    [LoggerMessage(8804, LogLevel.Warning, "The local copy of {Version} is damaged. It is fetched again.")]
    public static partial void CopyDamaged(ILogger logger, Exception exception, string version);

    [LoggerMessage(8805, LogLevel.Information, "Another member has erased documents in {Version}; its local copy was replaced.")]
    public static partial void Replaced(ILogger logger, string version);

    [LoggerMessage(8807, LogLevel.Warning, "The replaced files of {Version} were not read; the member retries.")]
    public static partial void NotReloaded(ILogger logger, Exception exception, string version);

    [LoggerMessage(8806, LogLevel.Warning, "Objects of erased documents of {Version} were not deleted; the next sweep deletes them.")]
    public static partial void NotSwept(ILogger logger, Exception exception, string version);
}
