namespace TopicGrpc.Server.Tls;

/// <summary>Log messages of certificates; ids from 7000.</summary>
internal static partial class Log
{
    [LoggerMessage(7001, LogLevel.Information, "New connections use the certificate {Subject}, valid until {ValidUntil:u}.")]
    public static partial void Reloaded(ILogger logger, string subject, DateTimeOffset validUntil);

    [LoggerMessage(7002, LogLevel.Error, "Changed certificate files are invalid; the old certificate stays in use. {Reason}")]
    public static partial void NotReloaded(ILogger logger, string reason);

    [LoggerMessage(7003, LogLevel.Warning, "The certificate {Subject} is valid until {ValidUntil:u} only. Renew it.")]
    public static partial void Expires(ILogger logger, string subject, DateTimeOffset validUntil);
}
