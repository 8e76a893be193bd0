using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;

namespace TopicGrpc.Server.Transfers;

/// <summary>How many models may come in or go out at once: each takes disk and, while it is read or written, memory.</summary>
internal sealed class TransferSlots(IOptions<ModelOptions> options) : IDisposable
{
    private readonly SemaphoreSlim _free = new(options.Value.MaxTransfers);

    /// <summary>Takes a place.</summary>
    /// <returns>The place; dispose it once.</returns>
    /// <exception cref="ServiceException">All are taken.</exception>
    public IDisposable Take() => _free.Wait(TimeSpan.Zero) ? new Slot(_free) : throw Fault.TransfersFull(options.Value.MaxTransfers);

    /// <inheritdoc/>
    public void Dispose() => _free.Dispose();

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        public void Dispose() => free.Release();
    }
}
