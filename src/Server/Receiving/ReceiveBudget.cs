using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Counts the bytes of request messages over all connections and limits them. Who finds no room waits; large messages leave an eighth to
/// small ones. The class is thread-safe.
/// </summary>
internal sealed class ReceiveBudget(IOptions<ReceivingOptions> options, TimeProvider clock)
{
    private const int SmallBytes = 64 << 10;

    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _waiters = [];
    private readonly long _max = options.Value.MaxBytes;
    private long _used;

    /// <summary>Bytes acquired.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Calls that wait for room.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _waiters.Count;
            }
        }
    }

    /// <summary>Acquires bytes if there is room.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <param name="total">Bytes that the call has afterwards; decides whether it is small.</param>
    public bool TryAcquire(long bytes, long total)
    {
        lock (_lock)
        {
            bool isSmall = total <= SmallBytes;
            if (!Fits(bytes, isSmall) || (!isSmall && _waiters.Count > 0))
            {
                return false;
            }

            _used += bytes;
            return true;
        }
    }

    /// <summary>Waits until the bytes are acquired.</summary>
    /// <param name="bytes">Bytes.</param>
    /// <param name="total">Bytes that the call has afterwards.</param>
    /// <param name="isComplete">Whether the message has arrived and only its objects need room.</param>
    /// <param name="started">Timestamp of the first wait of the message.</param>
    /// <param name="cancellationToken">Cancels the wait.</param>
    /// <exception cref="ServiceException">There was no room within the longest wait.</exception>
    public async Task AcquireAsync(long bytes, long total, bool isComplete, long started, CancellationToken cancellationToken)
    {
        if (TryAcquire(bytes, total))
        {
            return;
        }

        Waiter waiter = new(bytes, total, isComplete, started, clock.GetTimestamp());
        lock (_lock)
        {
            _waiters.AddLast(waiter);
        }

        await using CancellationTokenRegistration cancelled = cancellationToken.UnsafeRegister(
            static (state, token) => ((Waiter)state!).Granted.TrySetCanceled(token),
            waiter);

        // Room may have been released between the attempt and the entry.
        Grant();
        try
        {
            await waiter.Granted.Task;
        }
        finally
        {
            lock (_lock)
            {
                _waiters.Remove(waiter);
            }
        }
    }

    /// <summary>Releases bytes.</summary>
    public void Release(long bytes)
    {
        bool hasWaiters;
        lock (_lock)
        {
            _used -= bytes;
            hasWaiters = _waiters.Count > 0;
        }

        if (hasWaiters)
        {
            Grant();
        }
    }

    /// <summary>Returns the bytes that calls have waited for longer than a time.</summary>
    public long Wanted(TimeSpan longerThan)
    {
        lock (_lock)
        {
            return _waiters.Where(waiter => clock.GetElapsedTime(waiter.Since) > longerThan).Sum(static waiter => waiter.Bytes);
        }
    }

    /// <summary>Rejects the calls that have waited too long.</summary>
    public void RejectLate()
    {
        lock (_lock)
        {
            foreach (Waiter waiter in _waiters)
            {
                if (clock.GetElapsedTime(waiter.Since) > options.Value.MaxWait)
                {
                    waiter.Granted.TrySetException(CallFault.ReceivingFull(_max));
                }
            }
        }
    }

    /// <summary>
    /// Rejects the call whose message has been arriving longest, if the calls that wait have acquired nearly all bytes: none of them could
    /// ever continue. Calls whose message has arrived are rejected last.
    /// </summary>
    public void ResolveDeadlock()
    {
        lock (_lock)
        {
            Waiter? oldest = _waiters
                .Where(static waiter => waiter.AcquiredBytes > 0)
                .MinBy(static waiter => (waiter.IsComplete, waiter.Started));
            if (oldest is not null && _used - _waiters.Sum(static waiter => waiter.AcquiredBytes) <= _max / 16)
            {
                oldest.Granted.TrySetException(CallFault.ReceivingFull(_max));
            }
        }
    }

    private void Grant()
    {
        lock (_lock)
        {
            for (LinkedListNode<Waiter>? node = _waiters.First; node is not null;)
            {
                LinkedListNode<Waiter>? next = node.Next;
                if (Fits(node.Value.Bytes, node.Value.IsSmall))
                {
                    _used += node.Value.Bytes;
                    if (!node.Value.Granted.TrySetResult())
                    {
                        _used -= node.Value.Bytes;
                    }

                    _waiters.Remove(node);
                }

                node = next;
            }
        }
    }

    private bool Fits(long bytes, bool isSmall) => _used + bytes <= (isSmall ? _max : _max - (_max / 8));

    private sealed class Waiter(long bytes, long total, bool isComplete, long started, long since)
    {
        public long Bytes { get; } = bytes;

        public long AcquiredBytes { get; } = total - bytes;

        public bool IsSmall { get; } = total <= SmallBytes;

        public bool IsComplete { get; } = isComplete;

        public long Started { get; } = started;

        public long Since { get; } = since;

        public TaskCompletionSource Granted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
