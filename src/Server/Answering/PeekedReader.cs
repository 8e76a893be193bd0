using Grpc.Core;

namespace TopicGrpc.Server.Answering;

/// <summary>A reader whose next message may be looked at before its turn.</summary>
internal sealed class PeekedReader<T>(IAsyncStreamReader<T> inner) : IAsyncStreamReader<T>
{
    private bool _isPeeked;

    /// <inheritdoc/>
    public T Current => inner.Current;

    /// <summary>Reads the next message into <see cref="Current"/>; the following <see cref="MoveNext"/> moves to it.</summary>
    /// <returns>False at the end.</returns>
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
