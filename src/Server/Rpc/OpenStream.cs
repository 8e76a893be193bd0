using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Rpc;

/// <summary>One open stream and its caller.</summary>
internal sealed class OpenStream(
    Caller caller,
    CallBody body,
    Action<OpenStream> remove,
    CancellationToken cancellationToken) : IDisposable
{
    private readonly CancellationTokenSource _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
    private readonly Lock _lock = new();
    private bool _isDisposed;

    public Caller Caller => caller;

    /// <summary>Canceled with the call, and when the credentials end.</summary>
    public CancellationToken Token => _ended.Token;

    /// <summary>Why the stream was ended; null: it was not.</summary>
    public ServiceException? Failure { get; private set; }

    /// <summary>Ends the stream: waiting reads fail, and work for it is canceled.</summary>
    public void End(ServiceException failure)
    {
        lock (_lock)
        {
            if (_isDisposed || Failure is not null)
            {
                return;
            }

            Failure = failure;
            body.Fail(failure);
            _ended.Cancel();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        remove(this);
        lock (_lock)
        {
            _isDisposed = true;
            _ended.Dispose();
        }
    }
}
