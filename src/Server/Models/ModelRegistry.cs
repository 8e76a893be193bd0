using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Content;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// What can be done with models: each change of the routing table is one writer's turn, with the work on files before or
/// after it, so that changes of other versions and the calls go on meanwhile.
/// </summary>
internal sealed partial class ModelRegistry(ModelTable table, IModelStore store, RoutingTable routing, VersionLoader loader, TopicAncestors ancestors, VersionLoads loads, IOptions<ModelOptions> options, ModelMetrics metrics, TimeProvider clock, ILogger<ModelRegistry> logger)
{
    /// <summary>Ends at the next change of the routing table. Take it before the table, and no change is missed.</summary>
    public Task Changed => routing.Changed;

    /// <summary>The routing table as it is now.</summary>
    public RoutingSnapshot Current => routing.Current;

    /// <summary>Reads what is on disk and loads the versions in service: those that carry a label, answer by default or stand in a traffic policy. A version that cannot be loaded says so; the others serve.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        using (await routing.EnterAsync(cancellationToken))
        {
            RoutingSnapshot snapshot = RoutingSnapshot.Empty;
            foreach (ModelRoute model in table.ReadAll())
            {
                snapshot = snapshot.With(model);
            }

            store.QuarantineStrays((model, number) => snapshot.Models.TryGetValue(model, out ModelRoute? route) && route.Versions.ContainsKey(number));
            foreach (ModelRoute model in snapshot.Models.Values)
            {
                foreach (long number in model.InService)
                {
                    snapshot = snapshot.With(model.Id, await loader.LoadAsync(model.Id, model.Versions[number], cancellationToken));
                }
            }

            routing.Exchange(snapshot);
        }
    }

    /// <summary>Takes a hold on the version that a call means; loads it first when it is on disk only.</summary>
    /// <exception cref="ServiceException">There is no such version, or it cannot serve.</exception>
    public async ValueTask<VersionLease> AcquireAsync(VersionChoice choice, CancellationToken cancellationToken)
    {
        while (true)
        {
            RoutingSnapshot snapshot = Current;
            VersionEntry entry = snapshot.Resolve(choice);
            if (entry.Error is not null)
            {
                throw entry.Error;
            }

            if (entry.Handle is { } handle && handle.TryAcquire())
            {
                return new VersionLease(handle, snapshot.ShadowOf(choice));
            }

            if (entry.Handle is null)
            {
                await loads.LoadAsync(choice.Model, entry.Record.VersionNumber, cancellationToken);
            }
        }
    }

    /// <summary>Reads report and operation of a version; of one that was deleted and still answers calls what the routing table keeps.</summary>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public VersionContent ReadContent(string model, long number)
    {
        ModelVersion record = Current.Describe(model, number).Record;
        return table.FindContent(model, number) ?? new VersionContent(record.Report, record.Operation);
    }

    /// <summary>Stores a fitted model as the next version, checks what was stored, and puts it in service under the labels given.</summary>
    /// <returns>The version's record.</returns>
    public async Task<ModelVersion> PublishAsync(string model, TopicModel content, ModelVersion record, IReadOnlyCollection<string> labels, CancellationToken cancellationToken)
    {
        long number = table.AllotNumber(model);
        record.Name = ResourceNames.Version(model, number);
        record.VersionNumber = number;
        content = ancestors.Continue(content, record, Current.Models.GetValueOrDefault(model), cancellationToken);
        VersionHandle handle = await loader.StoreAsync(model, record, content, cancellationToken);
        ModelVersion summary = Summary.Of(record);
        ImmutableArray<long> surplus;
        using (await routing.EnterAsync(CancellationToken.None))
        {
            try
            {
                table.Add(model, summary, new VersionContent(record.Report, record.Operation), labels);
            }
            catch
            {
                handle.Retire();
                store.Delete(model, number);
                throw;
            }

            ModelRoute route = Current.Models.GetValueOrDefault(model) ?? new ModelRoute(
                model,
                clock.GetUtcNow(),
                ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal),
                ImmutableSortedDictionary<long, VersionEntry>.Empty);
            VersionEntry entry = new(summary, handle, null, TimeSpan.Zero);
            routing.Keep(model, labels.Select(label => route.Labels.GetValueOrDefault(label)));
            routing.Exchange(Current.With((route with { Versions = route.Versions.SetItem(number, entry) }).Point(labels, number)), handle);
            metrics.Swapped(model, labels.Count);
            Log.Published(logger, record.Name, string.Join(", ", labels));
            surplus = RemoveSurplus(model);
        }

        DeleteFiles(model, surplus);
        return record;
    }

    /// <summary>Points a label at a version; loads it first when it is on disk only.</summary>
    /// <returns>The model afterwards, and the version that carried the label before (0 for none).</returns>
    public async Task<(ModelRoute Model, long Previous)> SetLabelAsync(string model, string label, long number, string etag, CancellationToken cancellationToken)
    {
        CheckEtag(Current.Model(model), etag);
        long moves = Current.Model(model).LabelMoves.GetValueOrDefault(label);
        (WritersTurn turn, bool hasWaited) = await loads.EnterReadyAsync(model, number, cancellationToken);
        using (turn)
        {
            ModelRoute route = Current.Model(model);
            if (hasWaited && route.LabelMoves.GetValueOrDefault(label) != moves)
            {
                throw Fault.LabelMoved(label);
            }

            CheckEtag(route, etag);
            table.SetLabel(model, label, number);
            long previous = route.Labels.GetValueOrDefault(label);
            routing.Keep(model, [previous]);
            routing.Exchange(Current.With(route.Point([label], number)));
            metrics.Swapped(model, 1);
            Log.LabelMoved(logger, label, route.Versions[number].Record.Name, previous);
            return (Current.Model(model), previous);
        }
    }

    /// <summary>Points a label back at the version before its last move, one step.</summary>
    /// <returns>The model afterwards, and the version that carries the label.</returns>
    public async Task<(ModelRoute Model, long Number)> RollbackLabelAsync(string model, string label, string etag, CancellationToken cancellationToken)
    {
        CheckEtag(Current.Model(model), etag);
        long target = Previous(model, label);
        (WritersTurn turn, _) = await loads.EnterReadyAsync(model, target, cancellationToken);
        using (turn)
        {
            // The label may have moved while the version was loaded.
            if (Previous(model, label) != target)
            {
                throw Fault.LabelMoved(label);
            }

            ModelRoute route = Current.Model(model);
            CheckEtag(route, etag);
            long left = route.Labels[label];
            table.Rollback(model, label);
            routing.Keep(model, [left]);
            routing.Exchange(Current.With(route.Point([label], target)));
            metrics.Swapped(model, 1);
            Log.LabelMoved(logger, label, route.Versions[target].Record.Name, left);
            return (Current.Model(model), target);
        }
    }

    /// <summary>Removes a version; calls that hold it go on to their end.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteVersionAsync(string model, long number, CancellationToken cancellationToken)
    {
        using (await routing.EnterAsync(cancellationToken))
        {
            if (!Current.Model(model).Versions.ContainsKey(number))
            {
                return false;
            }

            Remove(model, number);
        }

        DeleteFiles(model, [number]);
        return true;
    }

    private long Previous(string model, string label) => Current.Model(model).Labels.ContainsKey(label)
        ? table.FindPrevious(model, label) ?? throw Fault.NotAvailable($"The label '{label}' has no version to go back to.")
        : throw Fault.LabelNotFound(ResourceNames.Model(model), label);

    /// <summary>Removes the versions of a model beyond those that are kept.</summary>
    /// <returns>Their numbers; the files are left to the caller.</returns>
    private ImmutableArray<long> RemoveSurplus(string model)
    {
        ModelRoute route = Current.Model(model);
        if (options.Value.KeepVersions == 0)
        {
            return [];
        }

        HashSet<long> needed = [.. route.InService, .. route.Labels.Keys.Select(label => table.FindPrevious(model, label) ?? 0)];
        ImmutableArray<long> surplus = [.. route.Versions.Keys.Reverse().Skip(options.Value.KeepVersions).Where(number => !needed.Contains(number))];
        foreach (long number in surplus)
        {
            Remove(model, number);
        }

        return surplus;
    }

    private void Remove(string model, long number)
    {
        ModelRoute route = Current.Model(model);
        if (route.InService.Contains(number))
        {
            throw Fault.VersionInUse(ResourceNames.Version(model, number));
        }

        // The row first: a folder without a row is put out of the way at the next start, a row without a folder would fail.
        VersionEntry entry = route.Versions[number];
        VersionHandle? handle = entry.Handle ?? entry.Retired;
        table.Remove(model, number);
        routing.Exchange(Current.With(route with
        {
            Versions = route.Versions.Remove(number),
            Leaving = handle is null ? route.Leaving : route.Leaving.SetItem(number, entry with { Handle = null, Error = null, Loading = null, Retired = handle }),
        }));
        if (entry.Handle is not null)
        {
            routing.Retire(entry.Handle);
        }

        Log.Deleted(logger, entry.Record.Name);
    }

    /// <summary>Removes the files of versions that no row refers to any more; calls that hold them have them in memory.</summary>
    private void DeleteFiles(string model, ImmutableArray<long> numbers)
    {
        foreach (long number in numbers)
        {
            store.Delete(model, number);
        }
    }
}
