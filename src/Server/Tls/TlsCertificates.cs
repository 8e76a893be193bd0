namespace TopicGrpc.Server.Tls;

/// <summary>
/// The certificates for new connections. A timer reads the files again; changed files that are valid replace the set, and invalid ones are
/// logged once and change nothing. Running connections keep the set of their handshake.
/// </summary>
internal sealed class TlsCertificates : IDisposable
{
    private static readonly TimeSpan WarningTime = TimeSpan.FromDays(14);

    private readonly TimeProvider _clock;
    private readonly ILogger<TlsCertificates> _logger;
    private readonly CertificateFiles _files;
    private readonly ITimer _timer;
    private volatile CertificateSet _current;
    private CertificateContent _lastRead;
    private string? _lastFailure;
    private int _isReading;

    /// <exception cref="InvalidDataException">A file is missing or invalid.</exception>
    public TlsCertificates(TlsOptions options, TimeProvider clock, ILogger<TlsCertificates> logger)
    {
        _clock = clock;
        _logger = logger;
        _files = new CertificateFiles(options);
        _lastRead = _files.Read();
        _current = _files.Parse(_lastRead);
        WarnOfExpiry();
        _timer = clock.CreateTimer(
            static certificates => ((TlsCertificates)certificates!).Reload(),
            this,
            options.ReloadInterval,
            options.ReloadInterval);
    }

    /// <summary>The newest valid certificates.</summary>
    public CertificateSet Current => _current;

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Reload()
    {
        // A slow disk may let the timer fire during a reload.
        if (Interlocked.Exchange(ref _isReading, 1) != 0)
        {
            return;
        }

        try
        {
            CertificateContent content = _files.Read();
            if (!content.IsSameAs(_lastRead))
            {
                _lastRead = content;
                _current = _files.Parse(content);
                Log.Reloaded(_logger, _current.Server.TargetCertificate.Subject, _current.ValidUntil);
                WarnOfExpiry();
            }

            _lastFailure = null;
        }
        catch (InvalidDataException exception)
        {
            if (_lastFailure != exception.Message)
            {
                _lastFailure = exception.Message;
                Log.NotReloaded(_logger, exception.Message);
            }
        }
        finally
        {
            Volatile.Write(ref _isReading, 0);
        }
    }

    private void WarnOfExpiry()
    {
        if (_current.ValidUntil - _clock.GetUtcNow() < WarningTime)
        {
            Log.Expires(_logger, _current.Server.TargetCertificate.Subject, _current.ValidUntil);
        }
    }
}
