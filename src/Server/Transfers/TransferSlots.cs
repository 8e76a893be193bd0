using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Receiving;

namespace TopicGrpc.Server.Transfers;

/// <summary>
/// Limits the imports and exports that run at the same time, because each uses disk and, while its model is read or written, memory. If all
/// slots are in use, the transfer whose client has been silent longest loses its slot.
/// </summary>
internal sealed class TransferSlots(IOptions<ModelOptions> options)
{
    private static readonly TimeSpan LeastSilence = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly HashSet<Slot> _used = [];

    /// <summary>Slots in use.</summary>
    public int Used
    {
        get
        {
            lock (_lock)
            {
                return _used.Count;
            }
        }
    }

    /// <summary>Acquires a slot.</summary>
    /// <param name="body">The call that acquires it; null for a slot that is never taken away.</param>
    /// <returns>The slot; dispose it exactly once.</returns>
    /// <exception cref="ServiceException">All slots are in use by transfers that make progress.</exception>
    public IDisposable Acquire(CallBody? body)
    {
        Slot? silent = null;
        Slot slot = new(this, body);
        lock (_lock)
        {
            if (_used.Count >= options.Value.MaxTransfers)
            {
                silent = _used.MaxBy(static slot => slot.Silence);
                if (silent is null || silent.Silence < LeastSilence)
                {
                    throw Fault.TransfersFull(options.Value.MaxTransfers);
                }

                _used.Remove(silent);
            }

            _used.Add(slot);
        }

        silent?.End(CallFault.SilentStreamEnded());
        return slot;
    }

    private sealed class Slot(TransferSlots slots, CallBody? body) : IDisposable
    {
        public TimeSpan Silence => body?.Silence ?? TimeSpan.Zero;

        public void End(ServiceException failure) => body?.Fail(failure);

        public void Dispose()
        {
            lock (slots._lock)
            {
                slots._used.Remove(this);
            }
        }
    }
}
