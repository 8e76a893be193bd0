using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.ObjectStore.Opening;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Versions;

/// <summary>
/// Versions that all members share. A new version is written to the data folder, uploaded as an artifact, and moved into the cache of
/// local copies; its row and the references to its objects are committed together. A loaded version does not need its files, so a copy is
/// kept for a later load only.
/// </summary>
internal sealed class SharedModelStore(
    ModelStore local,
    ArtifactPublisher publisher,
    ArtifactCache cache,
    IObjectLedger ledger,
    ArtifactSweep sweep,
    SharedVersionVerification verification,
    VersionArtifactTable table,
    MetadataDatabase database,
    DataFolder folder,
    IOptions<ObjectStoreOptions> options,
    TimeProvider clock,
    ILogger<SharedModelStore> logger) : IModelStore
{
    // Half of the time after which the sweep gives a publication up: the rest is for the transfer and the transaction.
    private readonly StoreWait _wait = new(options.Value.PublicationTimeout / 2, clock, logger);

    // Of versions that this member has published or used. The row decides; an entry is outdated only after an erasure or a deletion.
    private readonly ConcurrentDictionary<(string ModelId, long Number), VersionArtifact> _artifacts = new();

    /// <inheritdoc/>
    public async Task OpenAsync(IReadOnlyCollection<(string ModelId, long Number)> versions, CancellationToken cancellationToken)
    {
        await local.OpenAsync(versions, cancellationToken);
        foreach (((string ModelId, long Number) version, VersionArtifact artifact) in await database.ReadAsync(
            static connection => VersionArtifactTable.ReadAll(connection), cancellationToken))
        {
            _artifacts[version] = artifact;
        }

        // Copies of deleted versions, and of versions in which documents were erased while this member did not run.
        cache.Keep(_artifacts.Values.Select(static artifact => artifact.Reference.Manifest.Sha256).ToHashSet(StringComparer.Ordinal));
    }

    /// <summary>Removes the local copies of artifacts that are not those of a version: they may contain erased documents.</summary>
    /// <returns>False if one of them has a lease; it is removed after the release.</returns>
    public async Task<bool> RemoveUnnamedCopiesAsync(CancellationToken cancellationToken)
    {
        List<((string ModelId, long Number) Version, VersionArtifact Artifact)> named = await database.ReadAsync(
            static connection => VersionArtifactTable.ReadAll(connection), cancellationToken);
        return cache.Keep(named.Select(static entry => entry.Artifact.Reference.Manifest.Sha256).ToHashSet(StringComparer.Ordinal));
    }

    /// <inheritdoc/>
    public void Save(string modelId, long number, TopicModel content, CancellationToken cancellationToken) =>
        local.Save(modelId, number, content, cancellationToken);

    /// <inheritdoc/>
    public async Task<IVersionFiles> AcquireFilesAsync(string modelId, long number, bool waits, CancellationToken cancellationToken)
    {
        if (local.Exists(modelId, number))
        {
            return await local.AcquireFilesAsync(modelId, number, waits, cancellationToken);
        }

        VersionArtifact artifact = _artifacts.TryGetValue((modelId, number), out VersionArtifact? known)
            ? known
            : await ReadAsync(modelId, number, cancellationToken) ?? throw NotStored(modelId, number);
        while (true)
        {
            try
            {
                ArtifactReference reference = artifact.Reference;
                return waits
                    ? await _wait.RunAsync(
                        ResourceNames.Version(modelId, number), () => LeaseAsync(reference, cancellationToken), cancellationToken)
                    : await LeaseAsync(reference, cancellationToken);
            }
            catch (ObjectStoreException failure) when (failure.Error is ObjectStoreError.Missing or ObjectStoreError.Damaged)
            {
                // Another member may have replaced the objects since the row was read.
                VersionArtifact? now = await ReadAsync(modelId, number, cancellationToken);
                if (now is null || now.Publication == artifact.Publication)
                {
                    throw new InvalidDataException(failure.Message, failure);
                }

                artifact = now;
            }
        }
    }

    /// <inheritdoc/>
    public NativeModel Load(string modelId, long number, CancellationToken cancellationToken)
    {
        if (local.Exists(modelId, number))
        {
            return local.Load(modelId, number, cancellationToken);
        }

        ArtifactReference reference = _artifacts.TryGetValue((modelId, number), out VersionArtifact? artifact)
            ? artifact.Reference
            : throw NotStored(modelId, number);
        try
        {
            return local.Open(cache.PathOf(reference), cancellationToken);
        }
        catch (InvalidDataException damage) when (!cache.Verify(reference, cancellationToken))
        {
            Log.CopyDamaged(logger, damage, ResourceNames.Version(modelId, number));
            throw new IOException("The local copy of the version is damaged. The next load fetches it again.");
        }
    }

    /// <inheritdoc/>
    public async Task ShareAsync(string modelId, long number, CancellationToken cancellationToken) => _artifacts[(modelId, number)] =
        await PublishAsync(ResourceNames.Version(modelId, number), folder.Paths.Version(modelId, number), cancellationToken);

    /// <inheritdoc/>
    public void RecordAdded(DbConnection connection, string modelId, long number) =>
        VersionArtifactTable.Add(connection, modelId, number, _artifacts[(modelId, number)]);

    /// <inheritdoc/>
    public void RecordRemoved(DbConnection connection, string modelId, long number) =>
        table.Remove(connection, modelId, number, options.Value.DeletionDelay);

    /// <inheritdoc/>
    public void Delete(string modelId, long number)
    {
        local.Delete(modelId, number);
        if (_artifacts.TryRemove((modelId, number), out VersionArtifact? artifact))
        {
            cache.Forget(artifact.Reference);
        }
    }

    /// <summary>
    /// Deletes version folders that a publication left when its member ended: whatever is needed is in the object store.
    /// </summary>
    /// <inheritdoc/>
    public void ResolveStrays(Func<string, long, bool> isKnown) => local.RemoveStrays(isKnown);

    /// <inheritdoc/>
    public async Task<NativeModel> ReplaceAsync(string modelId, long number, TopicModel content, CancellationToken cancellationToken)
    {
        string name = ResourceNames.Version(modelId, number);
        VersionArtifact old = _artifacts[(modelId, number)];
        string staged = local.Stage(content, cancellationToken);
        NativeModel? loaded = null;
        try
        {
            loaded = local.Open(staged, cancellationToken);
            VersionArtifact next = await PublishAsync(name, staged, cancellationToken);
            folder.CountReplacement();
            bool isReplaced = await database.WriteAsync(
                connection => table.Replace(connection, modelId, number, old, next), CancellationToken.None);
            cache.Forget(isReplaced ? old.Reference : next.Reference);
            if (isReplaced)
            {
                _artifacts[(modelId, number)] = next;
            }
            else
            {
                await AbandonAsync(name, next.Publication);
                if (await ReadAsync(modelId, number, CancellationToken.None) is not null)
                {
                    throw new IOException($"Another member has replaced the files of {name} at the same time.");
                }
            }
        }
        catch
        {
            loaded?.Dispose();
            folder.Files.DeleteFolderIfExists(staged);
            throw;
        }

        await SweepAsync(name, cancellationToken);
        return loaded;
    }

    /// <inheritdoc/>
    public void CompleteReplacement(string modelId, long number) => local.CompleteReplacement(modelId, number);

    /// <inheritdoc/>
    public bool Exists(string modelId, long number) => local.Exists(modelId, number)
        || _artifacts.ContainsKey((modelId, number))
        || database.Read(connection => VersionArtifactTable.Find(connection, modelId, number)) is not null;

    /// <summary>Takes over the objects that the rows of a model name, and removes the local copies of replaced ones.</summary>
    /// <param name="modelId">Id of the model; null: all models.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Numbers of the versions whose objects this member knew and that were replaced.</returns>
    public async Task<IReadOnlyList<(string ModelId, long Number)>> RefreshAsync(string? modelId, CancellationToken cancellationToken)
    {
        List<(string, long)> replaced = [];
        foreach (((string ModelId, long Number) version, VersionArtifact artifact) in await database.ReadAsync(
            connection => VersionArtifactTable.ReadReplaced(connection, modelId), cancellationToken))
        {
            if (_artifacts.TryGetValue(version, out VersionArtifact? known) && known.Publication != artifact.Publication)
            {
                _artifacts[version] = artifact;
                cache.Forget(known.Reference);
                replaced.Add(version);
                Log.Replaced(logger, ResourceNames.Version(version.ModelId, version.Number));
            }
        }

        return replaced;
    }

    /// <inheritdoc/>
    public long Verify(string modelId, long number, Action<string> report, CancellationToken cancellationToken) =>
        verification.RunAsync(modelId, number, report, cancellationToken).GetAwaiter().GetResult(); // On a thread that may wait.

    private static InvalidDataException NotStored(string modelId, long number) =>
        new($"The database has no files of {ResourceNames.Version(modelId, number)}.");

    [SuppressMessage(
        "Reliability", "CA2000:Dispose objects before losing scope", Justification = "The files own the lease; the caller disposes them.")]
    private async Task<SharedVersionFiles> LeaseAsync(ArtifactReference reference, CancellationToken cancellationToken) =>
        new(await cache.AcquireAsync(reference, cancellationToken), reference.Manifest.Sha256);

    private async Task<VersionArtifact?> ReadAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        VersionArtifact? found = await database.ReadAsync(
            connection => VersionArtifactTable.Find(connection, modelId, number), cancellationToken);
        if (found is not null)
        {
            _artifacts[(modelId, number)] = found;
        }

        return found;
    }

    /// <summary>Uploads a folder, and moves it into the cache.</summary>
    private async Task<VersionArtifact> PublishAsync(string version, string path, CancellationToken cancellationToken)
    {
        string publication = Guid.NewGuid().ToString("n");
        try
        {
            ArtifactReference reference = await _wait.RunAsync(
                version, () => publisher.UploadAsync(publication, path, cancellationToken), cancellationToken);
            await _wait.RunAsync(version, () => AdoptAsync(reference, path, cancellationToken), cancellationToken);
            Log.Shared(logger, version, reference.Manifest.Sha256);
            return new VersionArtifact(publication, reference);
        }
        catch
        {
            await AbandonAsync(version, publication);
            throw;
        }
    }

    private async Task<bool> AdoptAsync(ArtifactReference reference, string path, CancellationToken cancellationToken)
    {
        await cache.AdoptAsync(reference, path, cancellationToken);
        return true;
    }

    private async Task AbandonAsync(string version, string publication)
    {
        try
        {
            await ledger.AbandonAsync(publication, CancellationToken.None);
        }
        catch (DbException failure)
        {
            Log.NotAbandoned(logger, failure, version);
        }
    }

    private async Task SweepAsync(string version, CancellationToken cancellationToken)
    {
        try
        {
            await sweep.DeleteFreeAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is ObjectStoreException or DbException)
        {
            Log.NotSwept(logger, failure, version);
        }
    }
}
