namespace TopicGrpc.Server.Transfers;

/// <summary>Log messages of imports and exports; ids from 1100.</summary>
internal static partial class Log
{
    [LoggerMessage(1101, LogLevel.Information, "{Version} was imported: {Bytes} bytes, {Topics} topics.")]
    public static partial void Imported(ILogger logger, string version, long bytes, int topics);

    [LoggerMessage(1102, LogLevel.Information, "{Version} was exported: {Bytes} bytes.")]
    public static partial void Exported(ILogger logger, string version, long bytes);
}
