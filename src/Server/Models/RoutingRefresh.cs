using System.Collections.Concurrent;
using System.Collections.Immutable;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Takes changes of models, which any member of a cluster has made, from the database into the routing table. A version that comes into
/// service is loaded and checked first; its label flips afterwards, in one exchange with everything else that has changed. One refresh
/// runs at a time.
/// </summary>
internal sealed class RoutingRefresh(
    ModelTable table, RoutingTable routing, VersionLoads loads, VersionLoader loader, TimeProvider clock, RoutingMerge merge)
{
    // A version that cannot be loaded after them is put in service all the same: the label has moved, and calls load the version or learn
    // why they cannot.
    private const int Attempts = 4;

    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(200);

    private readonly ConcurrentDictionary<(string ModelId, long Number), VersionHandle> _announced = [];

    /// <summary>Hands over a version that this member has loaded and is about to publish.</summary>
    public void Announce(VersionHandle handle) => _announced[(handle.ModelId, handle.Number)] = handle;

    /// <summary>Takes back a version that was not published.</summary>
    public void Withdraw(VersionHandle handle) => _announced.TryRemove((handle.ModelId, handle.Number), out _);

    /// <summary>Reads the changed models and takes them over.</summary>
    /// <exception cref="ServiceException">The database fails; nothing has changed.</exception>
    public async Task RunAsync(RowChanges changes, CancellationToken cancellationToken)
    {
        List<ModelRoute> stored = await table.ReadAsync(changes.Ids, cancellationToken);
        Dictionary<(string ModelId, long Number), VersionEntry> arrived = [];
        try
        {
            await RunAsync(changes, stored, arrived, cancellationToken);
        }
        catch
        {
            Retire(arrived.Values);
            throw;
        }
    }

    private static void Retire(IEnumerable<VersionEntry> entries)
    {
        foreach (VersionEntry entry in entries)
        {
            entry.Handle?.Retire();
        }
    }

    private async Task RunAsync(
        RowChanges changes,
        List<ModelRoute> stored,
        Dictionary<(string ModelId, long Number), VersionEntry> arrived,
        CancellationToken cancellationToken)
    {
        TimeSpan delay = FirstDelay;
        for (int attempt = 1; ; attempt++)
        {
            bool isLast = attempt == Attempts;
            bool haveFailed = await LoadAsync(stored, arrived, isLast, cancellationToken);
            using (await routing.EnterAsync(cancellationToken))
            {
                // Another change may have unloaded a version meanwhile.
                if (isLast || !Missing(stored, arrived).Any())
                {
                    foreach (ModelRoute model in stored)
                    {
                        TakeAnnounced(model, arrived);
                    }

                    Exchange(changes, stored, arrived);
                    return;
                }
            }

            if (haveFailed)
            {
                await Task.Delay(delay, clock, cancellationToken);
                delay *= 2;
            }
        }
    }

    /// <summary>Returns the versions in service that are not loaded.</summary>
    private IEnumerable<(ModelRoute Model, long Number)> Missing(
        List<ModelRoute> stored, Dictionary<(string ModelId, long Number), VersionEntry> arrived)
    {
        RoutingSnapshot current = routing.Current;
        foreach (ModelRoute model in stored)
        {
            foreach (long number in model.InService)
            {
                VersionEntry? entry = arrived.GetValueOrDefault((model.Id, number)) ?? current.Find(model.Id, number);
                if (entry is null or { Handle: null, Error: null })
                {
                    yield return (model, number);
                }
            }
        }
    }

    /// <returns>Whether a version could not be loaded.</returns>
    private async Task<bool> LoadAsync(
        List<ModelRoute> stored,
        Dictionary<(string ModelId, long Number), VersionEntry> arrived,
        bool isLast,
        CancellationToken cancellationToken)
    {
        bool haveFailed = false;
        foreach (ModelRoute model in stored)
        {
            TakeAnnounced(model, arrived);
        }

        foreach ((ModelRoute model, long number) in Missing(stored, arrived).ToArray())
        {
            try
            {
                if (routing.Current.Find(model.Id, number) is not null)
                {
                    await loads.LoadAsync(model.Id, number, cancellationToken);
                    continue;
                }

                arrived[(model.Id, number)] = await loader.LoadAsync(model.Id, model.Versions[number], cancellationToken);
            }
            catch (ServiceException failure)
            {
                haveFailed = true;
                if (isLast)
                {
                    merge.NotLoaded(model.Versions[number].Record.Name, failure);
                }
            }
        }

        return haveFailed;
    }

    /// <summary>Takes the versions of a model that this member has published.</summary>
    private void TakeAnnounced(ModelRoute model, Dictionary<(string ModelId, long Number), VersionEntry> arrived)
    {
        foreach ((long number, VersionEntry entry) in model.Versions)
        {
            if (routing.Current.Find(model.Id, number) is null && _announced.TryRemove((model.Id, number), out VersionHandle? handle))
            {
                arrived.Remove((model.Id, number), out VersionEntry? loaded);
                loaded?.Handle?.Retire();
                arrived[(model.Id, number)] = entry with { Handle = handle };
            }
        }
    }

    private void Exchange(
        RowChanges changes, List<ModelRoute> stored, Dictionary<(string ModelId, long Number), VersionEntry> arrived)
    {
        RoutingSnapshot next = routing.Current with { Generation = Math.Max(routing.Current.Generation, changes.Number) };
        List<VersionHandle> removed = [];
        foreach (ModelRoute model in stored)
        {
            // Before the first version, a model is only a number that was allotted.
            ModelRoute? current = next.Models.GetValueOrDefault(model.Id);
            if (current is not null || !model.Versions.IsEmpty)
            {
                next = next.With(merge.Run(current, model, arrived, removed));
            }
        }

        routing.Exchange(next);
        removed.ForEach(routing.Retire);
        foreach (VersionEntry entry in arrived.Values)
        {
            loader.HideErased(entry.Handle);
        }

        arrived.Clear();
    }
}
