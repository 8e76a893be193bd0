using Microsoft.Extensions.Logging;

namespace TopicGrpc.Explorer.SignIn;

/// <summary>Log messages of the sign-in; ids from 9000. No message contains a token.</summary>
internal static partial class Log
{
    [LoggerMessage(9001, LogLevel.Warning, "The identity provider {Authority} cannot be reached. {Reason}")]
    public static partial void ProviderUnreachable(ILogger logger, string? authority, string reason);

    [LoggerMessage(9002, LogLevel.Warning, "A sign-in at the identity provider failed. {Reason}")]
    public static partial void SignInFailed(ILogger logger, string reason);

    [LoggerMessage(9003, LogLevel.Warning, "The token of a session was not refreshed. {Reason}")]
    public static partial void TokenNotRefreshed(ILogger logger, string reason);
}
