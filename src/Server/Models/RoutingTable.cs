using Microsoft.Extensions.Options;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The one mutable reference to the routing table. Readers take it without a lock. Writers come one at a time, make a
/// change durable first and then exchange the reference, so a call sees the world before a change or after it.
/// </summary>
internal sealed class RoutingTable(KeptVersions kept, IOptions<ModelOptions> options, ILogger<RoutingTable> logger) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private RoutingSnapshot _current = RoutingSnapshot.Empty;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next change. Take it before the table, and no change is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The table as it is now.</summary>
    public RoutingSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Waits for the turn to change the table. Who has it reads and writes no version's files, so others wait for rows and references only.</summary>
    public async Task<WritersTurn> EnterAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        return new WritersTurn(_writing);
    }

    /// <summary>Puts a new table in place, without the versions that have been unused longest; their last call frees them. Only in a writer's turn.</summary>
    /// <param name="next">The new table.</param>
    /// <param name="arrived">
    /// A version that comes into memory with it; it counts as used last of all. Or a version in steady use could push it out
    /// before whoever asked for it has taken it, again and again.
    /// </param>
    public void Exchange(RoutingSnapshot next, VersionHandle? arrived = null)
    {
        VersionHandle[] surplus =
        [
            .. next.Models.Values
                .SelectMany(static model => model.Versions.Values.Where(static entry => entry.Handle is not null).ExceptBy(model.InService, static entry => entry.Record.VersionNumber))
                .Select(static entry => entry.Handle!)
                .Where(handle => !kept.Contains(handle.Model, handle.Number))
                .OrderByDescending(handle => handle == arrived)
                .ThenByDescending(static handle => handle.LastUsed)
                .Skip(Math.Max(1, options.Value.KeepLoaded)),
        ];
        foreach (VersionHandle handle in surplus)
        {
            next = next.With(handle.Model, next.Version(handle.Model, handle.Number) with { Handle = null, Retired = handle });
        }

        Volatile.Write(ref _current, next);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        foreach (VersionHandle handle in surplus)
        {
            Retire(handle);
        }
    }

    /// <summary>Keeps versions loaded for a while that a label or a policy is about to leave.</summary>
    public void Keep(string model, IEnumerable<long> numbers)
    {
        foreach (long number in numbers.Where(static number => number > 0))
        {
            kept.Keep(model, number, () => _ = TrimAsync());
        }
    }

    /// <summary>Gives the table's hold on a version back; the entry that still shows it goes when its last call has ended.</summary>
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

    /// <summary>Lets go of versions that are kept no longer.</summary>
    private async Task TrimAsync()
    {
        try
        {
            using WritersTurn turn = await EnterAsync(CancellationToken.None);
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
        using WritersTurn turn = await EnterAsync(CancellationToken.None);
        ModelRoute route = Current.Model(handle.Model);
        if (route.Leaving.TryGetValue(handle.Number, out VersionEntry? leaving) && leaving.Retired == handle)
        {
            Exchange(Current.With(route with { Leaving = route.Leaving.Remove(handle.Number) }));
        }
        else if (route.Versions.TryGetValue(handle.Number, out VersionEntry? entry) && entry.Retired == handle)
        {
            Exchange(Current.With(handle.Model, entry with { Retired = null }));
        }

        Log.Drained(logger, ResourceNames.Version(handle.Model, handle.Number));
    }
}
