using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Mapping;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Models;

/// <summary>
/// The one mutable reference to the routing table. Readers take it without a lock; writers come one at a time, make the
/// change durable first and then exchange the reference, so a call sees the world before a change or after it.
/// </summary>
internal sealed class ModelRegistry(ModelTable table, ModelStore store, IEmbedder embedder, IOptions<ModelOptions> options, TimeProvider clock, ILogger<ModelRegistry> logger) : IDisposable
{
    private readonly SemaphoreSlim _writing = new(1);
    private RoutingSnapshot _current = RoutingSnapshot.Empty;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends at the next change of the routing table. Take it before the table, and no change is missed.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The routing table as it is now.</summary>
    public RoutingSnapshot Current => Volatile.Read(ref _current);

    /// <summary>Reads what is on disk and loads the versions that carry a label or answer by default. A version that cannot be loaded says so; the others serve.</summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            RoutingSnapshot snapshot = RoutingSnapshot.Empty;
            foreach (ModelRoute model in table.ReadAll())
            {
                snapshot = snapshot.With(model);
            }

            store.QuarantineStrays((model, number) => snapshot.Models.TryGetValue(model, out ModelRoute? route) && route.Versions.ContainsKey(number));
            foreach (ModelRoute model in snapshot.Models.Values)
            {
                foreach (long number in model.Labels.Values.Append(model.Default).Where(model.Versions.ContainsKey).Distinct())
                {
                    snapshot = snapshot.With(model.Id, Load(model.Id, model.Versions[number], cancellationToken));
                }
            }

            Volatile.Write(ref _current, snapshot);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Takes a hold on the version that a call means; loads it first when it is on disk only.</summary>
    /// <exception cref="ServiceException">There is no such version, or it cannot serve.</exception>
    public async ValueTask<VersionLease> AcquireAsync(VersionChoice choice, CancellationToken cancellationToken)
    {
        while (true)
        {
            VersionEntry entry = Current.Resolve(choice);
            if (entry.Error is not null)
            {
                throw entry.Error;
            }

            if (entry.Handle is { } handle && handle.TryAcquire())
            {
                return new VersionLease(handle);
            }

            if (entry.Handle is null)
            {
                await LoadAsync(choice.Model, entry.Record.VersionNumber, cancellationToken);
            }
        }
    }

    /// <summary>Stores a fitted model as the next version, checks what was stored, and puts it in service under the labels given.</summary>
    /// <returns>The version's record.</returns>
    public async Task<ModelVersion> PublishAsync(string model, TopicModel content, ModelVersion record, IReadOnlyCollection<string> labels, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            long number = table.AllotNumber(model);
            record.Name = ResourceNames.Version(model, number);
            record.VersionNumber = number;
            store.Save(model, number, content, cancellationToken);
            TopicModel stored = store.Load(model, number, cancellationToken);
            table.Add(model, record, labels);

            ModelRoute route = Current.Models.GetValueOrDefault(model) ?? new ModelRoute(
                model,
                clock.GetUtcNow(),
                ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal),
                ImmutableSortedDictionary<long, VersionEntry>.Empty);
            VersionEntry entry = new(record, Handle(model, record, stored), null, TimeSpan.Zero);
            Exchange(Current.With(route with
            {
                Versions = route.Versions.SetItem(number, entry),
                Labels = route.Labels.SetItems(labels.Select(label => KeyValuePair.Create(label, number))),
            }));
            Log.Published(logger, record.Name, string.Join(", ", labels));
            RemoveSurplus(model);
            return record;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Points a label at a version; loads it first when it is on disk only.</summary>
    /// <returns>The model afterwards, and the version that carried the label before (0 for none).</returns>
    public async Task<(ModelRoute Model, long Previous)> SetLabelAsync(string model, string label, long number, CancellationToken cancellationToken)
    {
        await LoadAsync(model, number, cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            ModelRoute route = Current.Model(model);
            VersionEntry entry = Current.Version(model, number);
            if (entry.Error is not null)
            {
                throw entry.Error;
            }

            table.SetLabel(model, label, number);
            long previous = route.Labels.GetValueOrDefault(label);
            Exchange(Current.With(route with { Labels = route.Labels.SetItem(label, number) }));
            Log.LabelMoved(logger, label, entry.Record.Name, previous);
            return (Current.Model(model), previous);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Points a label back at the version before its last move, one step.</summary>
    /// <returns>The model afterwards, and the version that carries the label.</returns>
    public async Task<(ModelRoute Model, long Number)> RollbackLabelAsync(string model, string label, CancellationToken cancellationToken)
    {
        long target = Previous(model, label);
        await LoadAsync(model, target, cancellationToken);
        await _writing.WaitAsync(cancellationToken);
        try
        {
            VersionEntry entry = Current.Version(model, target);
            if (entry.Error is not null)
            {
                throw entry.Error;
            }

            // The label may have moved while the version was loaded.
            if (Previous(model, label) != target)
            {
                throw Fault.NotAvailable($"The label '{label}' has moved meanwhile; nothing was changed.");
            }

            ModelRoute route = Current.Model(model);
            long left = route.Labels[label];
            table.Rollback(model, label);
            Exchange(Current.With(route with { Labels = route.Labels.SetItem(label, target) }));
            Log.LabelMoved(logger, label, entry.Record.Name, left);
            return (Current.Model(model), target);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>Removes a version; calls that hold it go on to their end.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> DeleteVersionAsync(string model, long number, CancellationToken cancellationToken)
    {
        await _writing.WaitAsync(cancellationToken);
        try
        {
            if (!Current.Model(model).Versions.ContainsKey(number))
            {
                return false;
            }

            Remove(model, number);
            return true;
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _writing.Dispose();

    private long Previous(string model, string label) => Current.Model(model).Labels.ContainsKey(label)
        ? table.FindPrevious(model, label) ?? throw Fault.NotAvailable($"The label '{label}' has no version to go back to.")
        : throw Fault.LabelNotFound(ResourceNames.Model(model), label);

    private async Task LoadAsync(string model, long number, CancellationToken cancellationToken)
    {
        if (Current.Version(model, number).State != VersionState.Stored)
        {
            return;
        }

        await _writing.WaitAsync(cancellationToken);
        try
        {
            VersionEntry entry = Current.Version(model, number);
            if (entry.State == VersionState.Stored)
            {
                Exchange(Current.With(model, Load(model, entry, cancellationToken)));
            }
        }
        finally
        {
            _writing.Release();
        }
    }

    private void RemoveSurplus(string model)
    {
        ModelRoute route = Current.Model(model);
        if (options.Value.KeepVersions == 0)
        {
            return;
        }

        HashSet<long> needed = [.. route.Labels.Values, .. route.Labels.Keys.Select(label => table.FindPrevious(model, label) ?? 0), route.Default];
        foreach (long number in route.Versions.Keys.Reverse().Skip(options.Value.KeepVersions).Where(number => !needed.Contains(number)))
        {
            Remove(model, number);
        }
    }

    private void Remove(string model, long number)
    {
        ModelRoute route = Current.Model(model);
        if (route.Labels.ContainsValue(number) || route.Default == number)
        {
            throw Fault.VersionInUse(ResourceNames.Version(model, number));
        }

        // The row first: a folder without a row is put out of the way at the next start, a row without a folder would fail.
        VersionEntry entry = route.Versions[number];
        table.Remove(model, number);
        Exchange(Current.With(route with { Versions = route.Versions.Remove(number) }));
        entry.Handle?.Release();
        store.Delete(model, number);
        Log.Deleted(logger, entry.Record.Name);
    }

    private VersionHandle Handle(string model, ModelVersion record, TopicModel content) =>
        new(model, record.VersionNumber, ResourceNames.ParseFit(record.Fit, "fit"), content, clock);

    private VersionEntry Load(string model, VersionEntry entry, CancellationToken cancellationToken)
    {
        long number = entry.Record.VersionNumber;
        if (entry.Record.EncoderSha256 != embedder.Info.Sha256)
        {
            Log.OtherEncoder(logger, entry.Record.Name, entry.Record.EncoderSha256, embedder.Info.Sha256);
            return entry with { Error = Fault.IncompatibleModel(ResourceNames.Model(model), number, entry.Record.EncoderSha256, embedder.Info.Sha256) };
        }

        long started = clock.GetTimestamp();
        try
        {
            TopicModel content = store.Load(model, number, cancellationToken);
            TimeSpan duration = clock.GetElapsedTime(started);
            Log.Loaded(logger, entry.Record.Name, duration.TotalMilliseconds);
            return entry with { Handle = Handle(model, entry.Record, content), LoadDuration = duration };
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or ArgumentException or UnauthorizedAccessException)
        {
            Log.LoadFailed(logger, exception, entry.Record.Name);
            return entry with { Error = Fault.VersionNotLoaded(ResourceNames.Model(model), number, "failed", exception.Message) };
        }
    }

    /// <summary>Puts a new table in place, without the versions that have been unused longest; their last call frees them.</summary>
    private void Exchange(RoutingSnapshot next)
    {
        VersionHandle[] surplus =
        [
            .. next.Models.Values
                .SelectMany(static model => model.Versions.Values.Where(entry => entry.Handle is not null && !model.Labels.ContainsValue(entry.Record.VersionNumber) && model.Default != entry.Record.VersionNumber))
                .Select(static entry => entry.Handle!)
                .OrderByDescending(static handle => handle.LastUsed)
                .Skip(options.Value.KeepLoaded),
        ];
        foreach (VersionHandle handle in surplus)
        {
            next = next.With(handle.Model, next.Version(handle.Model, handle.Number) with { Handle = null });
        }

        Volatile.Write(ref _current, next);
        Interlocked.Exchange(ref _changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
        foreach (VersionHandle handle in surplus)
        {
            handle.Release();
        }
    }
}
