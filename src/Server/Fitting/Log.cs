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

    [LoggerMessage(2006, LogLevel.Warning, "Fits wait ({Cause}); the next attempt is in {Seconds:0} seconds.")]
    public static partial void FitsWait(ILogger logger, string cause, double seconds);

    [LoggerMessage(
        2007,
        LogLevel.Warning,
        "Fit {Fit} is queued again because the storage failed; the next attempt is in {Seconds:0} seconds.")]
    public static partial void FitPostponed(ILogger logger, Exception exception, string fit, double seconds);

    [LoggerMessage(2008, LogLevel.Warning, "The end of fit {Fit} cannot be stored; the next attempt is in {Seconds:0} seconds.")]
    public static partial void EndWaits(ILogger logger, Exception exception, string fit, double seconds);

    [LoggerMessage(
        2009,
        LogLevel.Error,
        "Corpus {Corpus}: the process ended {Deaths} times while the text of document '{Document}' was embedded. Fits leave it out.")]
    public static partial void TextQuarantined(ILogger logger, string corpus, string document, int deaths);

    [LoggerMessage(2010, LogLevel.Warning, "The texts that were running when the process ended cannot be read or recorded.")]
    public static partial void CrashUncounted(ILogger logger, Exception exception);

    [LoggerMessage(
        2011, LogLevel.Information, "Fit {Fit} is queued again: documents that it may have read were erased, or this member drains.")]
    public static partial void FitRestarted(ILogger logger, string fit);

    [LoggerMessage(
        2013,
        LogLevel.Warning,
        "Fit {Fit} no longer belongs to this server (claim {Epoch}): another server runs it. The results of this run are dropped.")]
    public static partial void FitMoved(ILogger logger, string fit, long epoch);

    [LoggerMessage(2012, LogLevel.Information, "Assignment {Fit}: {Documents} documents of corpus {Corpus} have a topic of {Version}.")]
    public static partial void Assigned(ILogger logger, string fit, long documents, string corpus, string version);
}
