namespace TopicGrpc.Server.Maps;

/// <summary>Log messages of maps; ids from 1800.</summary>
internal static partial class Log
{
    [LoggerMessage(1801, LogLevel.Information, "The map of {Version} with {Points} points was computed in {Seconds:0.0} s.")]
    public static partial void Computed(ILogger logger, string version, int points, double seconds);

    [LoggerMessage(1802, LogLevel.Warning, "The stored map of {Version} is damaged or of another version; it is computed again.")]
    public static partial void Unusable(ILogger logger, string version);

    [LoggerMessage(1803, LogLevel.Warning, "The stored map of {Version} cannot be read; it is computed again.")]
    public static partial void Unreadable(ILogger logger, Exception exception, string version);

    [LoggerMessage(1804, LogLevel.Warning, "The map of {Version} cannot be stored; the next start computes it again.")]
    public static partial void Unwritten(ILogger logger, Exception exception, string version);

    [LoggerMessage(
        1805,
        LogLevel.Information,
        "The map of {Version} is not stored: stored maps may take {Bytes} bytes (Maps:MaxStoredBytes).")]
    public static partial void NoRoom(ILogger logger, string version, long bytes);
}
