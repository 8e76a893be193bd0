namespace TopicGrpc.Server.Fitting;

/// <summary>Log messages of the fits; ids from 2000.</summary>
internal static partial class Log
{
    [LoggerMessage(2001, LogLevel.Information, "Fit {Fit} starts, attempt {Attempt}.")]
    public static partial void FitBegun(ILogger logger, string fit, int attempt);

    [LoggerMessage(2002, LogLevel.Information, "Fit {Fit} made {Version} with {Topics} topics.")]
    public static partial void FitSucceeded(ILogger logger, string fit, string version, int topics);

    [LoggerMessage(2003, LogLevel.Information, "Fit {Fit} was canceled.")]
    public static partial void FitCancelled(ILogger logger, string fit);

    [LoggerMessage(2004, LogLevel.Warning, "The server stops and interrupts fit {Fit}; the next start runs it again.")]
    public static partial void FitInterrupted(ILogger logger, string fit);

    [LoggerMessage(2005, LogLevel.Error, "Fit {Fit} failed: {Reason}.")]
    public static partial void FitFailed(ILogger logger, Exception exception, string fit, string reason);
}
