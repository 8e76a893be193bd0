namespace TopicGrpc.Server.Receiving;

/// <summary>Bounds the bytes between one producer and one consumer. A single item may be larger than the bound if it is alone.</summary>
internal sealed class ByteWindow(long max)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource? _room;
    private long _used;

    /// <summary>Waits for room and takes it.</summary>
    public async Task AcquireAsync(long bytes, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_lock)
            {
                if (_used == 0 || _used + bytes <= max)
                {
                    _used += bytes;
                    return;
                }

                _room ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Gives room to the producer.</summary>
    public void Release(long bytes)
    {
        lock (_lock)
        {
            _used -= bytes;
            _room?.TrySetResult();
            _room = null;
        }
    }
}
