using Grpc.Core;

namespace TopicGrpc.Server.Answering;

/// <summary>A stream reader that can read one message ahead.</summary>
internal sealed class PeekedReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    private bool _isPeeked;

    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <summary>Reads the next message into <see cref="Current"/>. The following <see cref="MoveNext"/> returns the same message.</summary>
    /// <returns>False at the end of the stream.</returns>
    public async Task<bool> PeekAsync(CancellationToken cancellationToken) => _isPeeked = await inner.MoveNext(cancellationToken);

    /// <inheritdoc/>
    public Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (!_isPeeked)
        {
            return inner.MoveNext(cancellationToken);
        }

        _isPeeked = false;
        return Task.FromResult(true);
    }
}
