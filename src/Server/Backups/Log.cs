namespace TopicGrpc.Server.Backups;

/// <summary>Log messages of backups.</summary>
internal static partial class Log
{
    [LoggerMessage(1201, LogLevel.Information, "Backup of {Files} files with {TotalBytes} bytes; {SentBytes} bytes were sent.")]
    public static partial void Sent(ILogger logger, int files, long totalBytes, long sentBytes);
}
