using Grpc.Core;

namespace TopicGrpc.Server.Rpc;

/// <summary>
/// The requests of a stream. As long as only the first one has been read, the reader can return it once more, so that the method that
/// reads it can run again. Used by one method at a time.
/// </summary>
internal sealed class RepeatableReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
    where T : class
{
    private int _reads;
    private bool _repeats;

    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (_repeats)
        {
            _repeats = false;
            return Task.FromResult(true);
        }

        _reads++;
        return inner.MoveNext(cancellationToken);
    }

    /// <summary>Makes the next read return the first request again.</summary>
    /// <returns>False if another request may have been read.</returns>
    public bool TryRepeat() => _repeats = _reads == 1;
}
