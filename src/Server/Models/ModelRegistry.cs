using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Content;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Operations on models. Every change of the routing table takes the write lock; file I/O stays outside it and blocks neither calls nor
/// other changes.
/// </summary>
internal sealed partial class ModelRegistry(
    ModelTable table,
    IModelStore store,
    RoutingTable routing,
    VersionLoader loader,
    UidInheritance inheritance,
    VersionLoads loads,
    RoutingRefresh refresh,
    IChangeFeed changes,
    IOptions<ModelOptions> options,
    ModelMetrics metrics,
    TimeProvider clock,
    ILogger<ModelRegistry> logger)
{
    private readonly ModelLimits _limits = new(options.Value);

    /// <summary>
    /// Completes at the next change of the routing table. Read it before <see cref="Current"/>, so that no change is missed.
    /// </summary>
    public Task Changed => routing.Changed;

    /// <summary>The current snapshot of the routing table.</summary>
    public RoutingSnapshot Current => routing.Current;

    /// <summary>
    /// Reads the stored models and loads the versions in service. A version that cannot be loaded gets an error; the other versions serve.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using (await routing.EnterAsync(cancellationToken))
        {
            RoutingSnapshot snapshot = RoutingSnapshot.Empty;
            foreach (ModelRoute model in table.ReadAll())
            {
                snapshot = snapshot.With(model);
            }

            await new VersionReconciliation(table, store, logger).RunAsync(snapshot, cancellationToken);
            foreach (ModelRoute model in snapshot.Models.Values)
            {
                foreach (long number in model.InService)
                {
                    snapshot = snapshot.With(model.Id, await LoadAsync(model.Id, model.Versions[number], cancellationToken));
                }
            }

            routing.Exchange(snapshot);
        }

        // Before the server listens: what has changed since the rows were read.
        changes.Register(ChangeKinds.Model, refresh.RunAsync);
        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
    }

    /// <summary>Acquires a lease on the version that a call asks for, and loads the version first if it is only on disk.</summary>
    /// <exception cref="ServiceException">The version does not exist or cannot serve.</exception>
    public async ValueTask<VersionLease> AcquireAsync(VersionSelector selector, CancellationToken cancellationToken)
    {
        while (true)
        {
            RoutingSnapshot snapshot = changes.IsShared ? await FindAsync(selector, cancellationToken) : Current;
            VersionEntry entry = snapshot.Resolve(selector);
            if (entry.Error is not null)
            {
                throw entry.Error;
            }

            if (entry.Handle is { } handle && handle.TryAcquire())
            {
                return new VersionLease(handle, snapshot.ShadowOf(selector));
            }

            if (entry.Handle is null)
            {
                await loads.LoadAsync(selector.ModelId, entry.Number, cancellationToken);
            }
        }
    }

    /// <summary>Returns a snapshot that knows what a call asks for, as far as any member has created it.</summary>
    private async ValueTask<RoutingSnapshot> FindAsync(VersionSelector selector, CancellationToken cancellationToken)
    {
        RoutingSnapshot snapshot = Current;
        bool isKnown = snapshot.Models.TryGetValue(selector.ModelId, out ModelRoute? model)
            && (selector.Number is not { } number || model.Versions.ContainsKey(number))
            && (selector.Label is not { } label || model.Labels.ContainsKey(label));
        if (!isKnown)
        {
            await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
        }

        return isKnown ? snapshot : Current;
    }

    /// <summary>
    /// Returns report and operation of a version. For a deleted version that still answers calls, returns what the routing table has.
    /// </summary>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public async Task<VersionContent> ReadContentAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        ModelVersion record = Current.Describe(modelId, number).Record;
        return await table.FindContentAsync(modelId, number, cancellationToken) ?? new VersionContent(record.Report, record.Operation);
    }

    /// <summary>Checks, before the work for it starts, that a model may get one more version with labels.</summary>
    /// <exception cref="ServiceException">A limit of models, versions or labels is reached.</exception>
    public void RequireVersion(string modelId, IReadOnlyCollection<string> labels) => _limits.RequireVersion(Current, modelId, labels);

    /// <summary>Stores a topic model as the next version, checks what was stored, and puts the version in service under labels.</summary>
    /// <returns>The version's record.</returns>
    public async Task<ModelVersion> PublishAsync(
        string modelId,
        TopicModel content,
        ModelVersion record,
        IReadOnlyCollection<string> labels,
        CancellationToken cancellationToken)
    {
        if (FiniteNumbers.FindViolation(content) is { } part)
        {
            throw Fault.NumbersNotFinite(part);
        }

        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
        RequireVersion(modelId, labels);
        long number = await AllotNumberAsync(modelId, cancellationToken);
        record.Name = ResourceNames.Version(modelId, number);
        record.VersionNumber = number;
        content = await inheritance.InheritAsync(content, record, Current.Models.GetValueOrDefault(modelId), cancellationToken);
        VersionHandle handle = await loader.StoreAsync(modelId, record, content, cancellationToken);
        ModelVersion summary = Summary.Of(record);
        ImmutableArray<long> surplus = [];
        using (await routing.EnterAsync(CancellationToken.None))
        {
            if (changes.IsShared)
            {
                refresh.Announce(handle);
            }

            try
            {
                RequireVersion(modelId, labels);
                await table.AddAsync(
                    modelId,
                    summary,
                    new VersionContent(record.Report, record.Operation),
                    labels,
                    (stored, models) => _limits.RequireVersion(stored, models, modelId, labels),
                    store);
            }
            catch
            {
                refresh.Withdraw(handle);
                handle.Retire();
                await loader.DeleteAsync(modelId, number);
                throw;
            }

            Log.Published(logger, record.Name, string.Join(", ", labels));
            if (!changes.IsShared)
            {
                Enter(modelId, summary, handle, labels);
                surplus = await RemoveSurplusAsync(modelId);
            }
        }

        if (changes.IsShared)
        {
            surplus = await ShareAsync(modelId, labels);
        }

        await DeleteFilesAsync(modelId, surplus);
        return record;
    }

    /// <summary>Deletes a version. Calls that hold a lease run to their end.</summary>
    /// <returns>Whether the version existed.</returns>
    /// <exception cref="ServiceException">The version is in service.</exception>
    public async Task<bool> DeleteVersionAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        await changes.CatchUpAsync(ChangeKinds.Model, cancellationToken);
        using (await routing.EnterAsync(cancellationToken))
        {
            if (!Current.Model(modelId).Versions.ContainsKey(number) || !await RemoveAsync(modelId, number))
            {
                return false;
            }
        }

        // The files last: a member that still shows the version may load it.
        await RequireAllAsync($"'{ResourceNames.Version(modelId, number)}' was deleted.", cancellationToken);
        await DeleteFilesAsync(modelId, [number]);
        return true;
    }

    /// <summary>Takes a published version over into the routing table. The caller holds the write lock.</summary>
    private void Enter(string modelId, ModelVersion summary, VersionHandle handle, IReadOnlyCollection<string> labels)
    {
        ModelRoute route = Current.Models.GetValueOrDefault(modelId) ?? new ModelRoute(
            modelId,
            clock.GetUtcNow(),
            ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal),
            ImmutableSortedDictionary<long, VersionEntry>.Empty);
        VersionEntry entry = new(summary, handle, null, TimeSpan.Zero);
        routing.Retain(modelId, labels.Select(label => route.Labels.GetValueOrDefault(label)));
        ModelRoute next = route with { Versions = route.Versions.SetItem(summary.VersionNumber, entry) };
        routing.Exchange(Current.With(next.Point(labels, summary.VersionNumber)), handle);
        loader.HideErased(handle);
        metrics.Swapped(modelId, labels.Count);
    }

    /// <summary>
    /// Waits until this member, and all others if labels have moved, have taken a published version over. The version is durable, so a
    /// failure here is none of the publication.
    /// </summary>
    /// <returns>Numbers of removed versions.</returns>
    private async Task<ImmutableArray<long>> ShareAsync(string modelId, IReadOnlyCollection<string> labels)
    {
        try
        {
            await changes.CatchUpAsync(ChangeKinds.Model, CancellationToken.None);
            if (labels.Count > 0)
            {
                await changes.WaitForAllAsync(CancellationToken.None);
            }

            using (await routing.EnterAsync(CancellationToken.None))
            {
                return await RemoveSurplusAsync(modelId);
            }
        }
        catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
        {
            Log.SharedLater(logger, failure, ResourceNames.Model(modelId));
            return [];
        }
    }

    /// <summary>Waits until all members have taken a change over.</summary>
    /// <param name="what">What has changed, as a sentence.</param>
    /// <param name="cancellationToken">Ends the wait; the change stays.</param>
    /// <exception cref="ServiceException">A member is behind, or the database fails.</exception>
    private async Task RequireAllAsync(string what, CancellationToken cancellationToken)
    {
        if (await changes.WaitForAllAsync(cancellationToken) is { Count: > 0 } behind)
        {
            throw Fault.MembersBehind(what, behind);
        }
    }

    /// <summary>Loads a version at startup; if the disk fails, the first call loads it.</summary>
    private async Task<VersionEntry> LoadAsync(string modelId, VersionEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            return await loader.LoadAsync(modelId, entry, cancellationToken);
        }
        catch (ServiceException failure) when (StorageErrors.IsStorageFailure(failure))
        {
            return entry;
        }
    }

    /// <summary>Removes the versions beyond <see cref="ModelOptions.KeepVersions"/> from table and database.</summary>
    /// <returns>Their numbers; the caller deletes their files outside the write lock.</returns>
    private async Task<ImmutableArray<long>> RemoveSurplusAsync(string modelId)
    {
        ModelRoute route = Current.Model(modelId);
        if (options.Value.KeepVersions == 0)
        {
            return [];
        }

        HashSet<long> needed = [.. route.InService];
        foreach (string label in route.Labels.Keys)
        {
            needed.Add(await table.FindPreviousAsync(modelId, label, CancellationToken.None) ?? 0);
        }

        ImmutableArray<long> surplus =
        [
            .. route.Versions.Keys.Reverse().Skip(options.Value.KeepVersions).Where(number => !needed.Contains(number)),
        ];
        foreach (long number in surplus)
        {
            await RemoveAsync(modelId, number);
        }

        return surplus;
    }

    /// <returns>False if another member has removed the version.</returns>
    private async Task<bool> RemoveAsync(string modelId, long number)
    {
        ModelRoute route = Current.Model(modelId);
        if (route.InService.Contains(number))
        {
            throw Fault.VersionInUse(ResourceNames.Version(modelId, number));
        }

        // The row goes first, and the same transaction records the folder: if a crash interrupts the deletion, the next start finishes it.
        VersionEntry entry = route.Versions[number];
        VersionHandle? handle = entry.Handle ?? entry.Retired;
        bool isRemoved = await table.RemoveAsync(
            modelId,
            number,
            stored =>
            {
                if (stored.IsNamed(number))
                {
                    throw Fault.VersionInUse(ResourceNames.Version(modelId, number));
                }
            },
            store);
        if (changes.IsShared)
        {
            return isRemoved;
        }

        VersionEntry leaving = entry with { Handle = null, Error = null, Loading = null, Retired = handle };
        routing.Exchange(Current.With(route with
        {
            Versions = route.Versions.Remove(number),
            Leaving = handle is null ? route.Leaving : route.Leaving.SetItem(number, leaving),
        }));
        if (entry.Handle is not null)
        {
            routing.Retire(entry.Handle);
        }

        Log.Deleted(logger, entry.Record.Name);
        return true;
    }

    /// <summary>Deletes the files of removed versions. Calls that hold a lease keep the content.</summary>
    private async Task DeleteFilesAsync(string modelId, ImmutableArray<long> numbers)
    {
        foreach (long number in numbers)
        {
            try
            {
                await loader.DeleteAsync(modelId, number);
                await table.RemovePendingAsync(modelId, number);
            }
            catch (Exception exception) when (StorageErrors.IsStorageFailure(exception))
            {
                Log.RemovalPostponed(logger, exception, ResourceNames.Version(modelId, number));
            }
        }
    }

    /// <summary>Allots a number whose folder is free: a restored database may be older than the folders.</summary>
    private async Task<long> AllotNumberAsync(string modelId, CancellationToken cancellationToken)
    {
        long number;
        do
        {
            number = await table.AllotNumberAsync(modelId, cancellationToken);
        }
        while (store.Exists(modelId, number));
        return number;
    }
}
