namespace TopicGrpc.Server.Authentication;

/// <summary>Log messages of authentication; ids from 7100.</summary>
internal static partial class Log
{
    [LoggerMessage(7101, LogLevel.Error, "The signing keys of {Authority} could not be read; known keys stay in use. {Reason}")]
    public static partial void KeysNotRead(ILogger logger, string authority, string reason);

    [LoggerMessage(
        7102,
        LogLevel.Warning,
        "Authentication is on, but no admin key can be used. Create one: topicgrpc keys create --data DIR")]
    public static partial void NoAdmin(ILogger logger);
}
