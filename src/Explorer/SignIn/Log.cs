using Microsoft.Extensions.Logging;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>Log messages of the sign-in; ids from 8000. No message contains a token.</summary>
internal static partial class Log
{
    [LoggerMessage(8001, LogLevel.Warning, "The identity provider {Authority} cannot be reached. {Reason}")]
    public static partial void ProviderUnreachable(ILogger logger, string? authority, string reason);

    [LoggerMessage(8002, LogLevel.Warning, "A sign-in at the identity provider failed. {Reason}")]
    public static partial void SignInFailed(ILogger logger, string reason);

    [LoggerMessage(8003, LogLevel.Warning, "The token of a session was not refreshed. {Reason}")]
    public static partial void TokenNotRefreshed(ILogger logger, string reason);
}
