namespace TopicGrpc.Server;

/// <summary>
/// Keeps what host and web server log of a failed start out of the log: a stack trace, twice, for an error that
/// <see cref="StartFailure"/> tells in one line. Once the server runs, both log as configured.
/// </summary>
internal sealed class StartLogGate
{
    private volatile bool _isOpen;

    /// <summary>The server runs.</summary>
    public void Open() => _isOpen = true;

    public void Guard(ILoggingBuilder logging)
    {
        logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", level => _isOpen && level >= LogLevel.Warning);
        logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", level => _isOpen && level >= LogLevel.Warning);
    }
}
