using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// The open streams of callers whose credentials can end. Four times a second, a timer ends those whose credentials have.
/// </summary>
internal sealed class OpenStreams : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly HashSet<OpenStream> _streams = [];
    private readonly TimeProvider _clock;
    private readonly ITimer _timer;

    public OpenStreams(TimeProvider clock)
    {
        _clock = clock;
        _timer = clock.CreateTimer(static streams => ((OpenStreams)streams!).Check(), this, Period, Period);
    }

    /// <summary>Watches a stream until it is disposed; null: the credentials of its caller never end.</summary>
    public OpenStream? Watch(Caller caller, CallBody body, CancellationToken cancellationToken)
    {
        if (caller is { ValidUntil: null, IsRevoked: null })
        {
            return null;
        }

        OpenStream stream = new(caller, body, Remove, cancellationToken);
        lock (_lock)
        {
            _streams.Add(stream);
        }

        return stream;
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Remove(OpenStream stream)
    {
        lock (_lock)
        {
            _streams.Remove(stream);
        }
    }

    private void Check()
    {
        DateTimeOffset now = _clock.GetUtcNow();
        OpenStream[] ended;
        lock (_lock)
        {
            ended = [.. _streams.Where(stream => !stream.Caller.IsValidAt(now))];
        }

        foreach (OpenStream stream in ended)
        {
            stream.End(AccessFault.CredentialsEnded());
        }
    }
}
