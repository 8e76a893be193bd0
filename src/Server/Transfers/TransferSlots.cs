using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Transfers;

/// <summary>
/// Limits the imports and exports that run at the same time, because each uses disk and, while its model is read or written, memory.
/// </summary>
internal sealed class TransferSlots(IOptions<ModelOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.MaxTransfers);

    /// <summary>Acquires a slot.</summary>
    /// <returns>The slot; dispose it exactly once.</returns>
    /// <exception cref="ServiceException">All slots are in use.</exception>
    public IDisposable Acquire() => _free.Wait(TimeSpan.Zero) ? new Slot(_free) : throw Fault.TransfersFull(options.Value.MaxTransfers);

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
