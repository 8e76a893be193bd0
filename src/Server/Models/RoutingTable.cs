using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The one mutable reference to the routing snapshot. Readers take it without a lock. A writer holds the write lock, makes its change
/// durable and then exchanges the reference, so that a call sees the state before the change or after it.
/// </summary>
internal sealed class RoutingTable(RetainedVersions retained, IOptions<ModelOptions> options, ILogger<RoutingTable> logger) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private RoutingSnapshot _current = RoutingSnapshot.Empty;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes at the next change. Read it before <see cref="Current"/>, so that no change is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The current snapshot.</summary>
    public RoutingSnapshot Current => Volatile.Read(ref _current);

    /// <summary>
    /// Acquires the write lock. Its holder accesses no files of versions, so that others wait for database rows and references only.
    /// </summary>
    public async Task<RoutingWriteLock> EnterAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        return new RoutingWriteLock(_writing);
    }

    /// <summary>Publishes a snapshot without the least recently used versions beyond the limit. The caller holds the write lock.</summary>
    /// <param name="next">The new snapshot.</param>
    /// <param name="arrived">
    /// A version that this change loads. Counts as most recently used; otherwise a busy version could evict it before its caller acquires
    /// it.
    /// </param>
    public void Exchange(RoutingSnapshot next, VersionHandle? arrived = null)
    {
        VersionHandle[] surplus =
        [
            .. next.Models.Values
                .SelectMany(static model => LoadedOutOfService(model))
                .Where(handle => !retained.Contains(handle.ModelId, handle.Number))
                .OrderByDescending(handle => handle == arrived)
                .ThenByDescending(static handle => handle.LastUsed)
                .Skip(Math.Max(1, options.Value.KeepLoaded)),
        ];
        foreach (VersionHandle handle in surplus)
        {
            VersionEntry unloaded = next.Version(handle.ModelId, handle.Number) with { Handle = null, Retired = handle };
            next = next.With(handle.ModelId, unloaded);
        }

        Volatile.Write(ref _current, next);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        foreach (VersionHandle handle in surplus)
        {
            Retire(handle);
        }
    }

    /// <summary>Retains versions that a label or a policy is about to leave.</summary>
    public void Retain(string modelId, IEnumerable<long> numbers)
    {
        foreach (long number in numbers.Where(static number => number > 0))
        {
            retained.Retain(modelId, number, () => _ = TrimAsync());
        }
    }

    /// <summary>
    /// Releases the table's reference to a version. The entry that still shows the version is removed after its last call.
    /// </summary>
    public void Retire(VersionHandle handle)
    {
        handle.Retire();
        _ = ForgetAsync(handle);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (VersionEntry entry in Current.Models.Values.SelectMany(static model => model.Versions.Values))
        {
            entry.Handle?.Retire();
        }

        _writing.Dispose();
    }

    private static IEnumerable<VersionHandle> LoadedOutOfService(ModelRoute model) => model.Versions.Values
        .Where(static entry => entry.Handle is not null)
        .ExceptBy(model.InService, static entry => entry.Number)
        .Select(static entry => entry.Handle!);

    /// <summary>Unloads versions whose retention is over.</summary>
    private async Task TrimAsync()
    {
        try
        {
            using RoutingWriteLock writeLock = await EnterAsync(CancellationToken.None);
            Exchange(Current);
        }
        catch (ObjectDisposedException)
        {
            // The server has stopped.
        }
    }

    private async Task ForgetAsync(VersionHandle handle)
    {
        await handle.Drained;
        using RoutingWriteLock writeLock = await EnterAsync(CancellationToken.None);
        ModelRoute route = Current.Model(handle.ModelId);
        if (route.Leaving.TryGetValue(handle.Number, out VersionEntry? leaving) && leaving.Retired == handle)
        {
            Exchange(Current.With(route with { Leaving = route.Leaving.Remove(handle.Number) }));
        }
        else if (route.Versions.TryGetValue(handle.Number, out VersionEntry? entry) && entry.Retired == handle)
        {
            Exchange(Current.With(handle.ModelId, entry with { Retired = null }));
        }

        Log.Drained(logger, handle.Name);
    }
}
