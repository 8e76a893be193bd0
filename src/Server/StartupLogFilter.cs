namespace TopicGrpc.Server;

/// <summary>
/// Suppresses the stack traces that host and Kestrel log for a failed start; <see cref="StartFailure"/> prints one line instead. After
/// startup, both log as configured.
/// </summary>
internal sealed class StartupLogFilter
{
    private volatile bool _isOpen;

    /// <summary>Ends the suppression: the server is running.</summary>
    public void Open() => _isOpen = true;

    public void AddTo(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => _isOpen && level >= LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => _isOpen && level >= LogLevel.Warning);
    }
}
