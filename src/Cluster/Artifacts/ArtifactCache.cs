using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>
/// Local copies of artifacts, bounded in bytes. A copy is verified at its first lease of this process, and fetched again if it is damaged;
/// an intact copy needs no call of the store. The copy that was used longest ago, and has no lease, is removed first. Thread-safe; each
/// member has a cache folder of its own.
/// </summary>
internal sealed class ArtifactCache : IDisposable
{
    private const string DraftMark = ".draft";
    private const string RemovedMark = ".removed-";

    private readonly ContentStore _store;
    private readonly IFileStorage _files;
    private readonly string _root;
    private readonly long _maxBytes;
    private readonly SemaphoreSlim _transfers;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, CachedArtifact> _artifacts = new(StringComparer.Ordinal);
    private long _bytes;
    private long _uses;
    private long _removals;

    /// <summary>Opens a cache with the copies that an earlier process left.</summary>
    /// <param name="store">Store of the artifacts.</param>
    /// <param name="files">Storage of the cache.</param>
    /// <param name="root">Absolute path of the cache folder; created if missing.</param>
    /// <param name="maxBytes">Most bytes of all copies.</param>
    /// <param name="maxTransfers">Artifacts that are fetched at the same time.</param>
    public ArtifactCache(ContentStore store, IFileStorage files, string root, long maxBytes, int maxTransfers = 2)
    {
        (_store, _files, _root, _maxBytes) = (store, files, root, maxBytes);
        _transfers = new SemaphoreSlim(maxTransfers);
        files.CreateFolder(root);
        foreach (string path in files.ListFolders(root))
        {
            string name = Path.GetFileName(path);
            if (ContentDescriptor.IsHash(name))
            {
                CachedArtifact artifact = new(name) { Bytes = Folder(name).Measure() };
                _artifacts.Add(name, artifact);
                _bytes += artifact.Bytes;
            }
            else if (name.Contains(DraftMark, StringComparison.Ordinal) || name.Contains(RemovedMark, StringComparison.Ordinal))
            {
                files.DeleteFolder(path);
            }
        }
    }

    /// <summary>Bytes that all copies occupy or have reserved.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate)
            {
                return _bytes;
            }
        }
    }

    /// <summary>
    /// Acquires a lease on the local copy of an artifact, which is fetched if needed. Callers at the same time share one transfer.
    /// </summary>
    /// <param name="reference">Reference to the artifact.</param>
    /// <param name="cancellationToken">Ends the wait; the transfer ends when its last caller leaves.</param>
    /// <returns>The lease. The caller releases it.</returns>
    /// <exception cref="ObjectStoreException">An object is missing or damaged, or the store failed.</exception>
    /// <exception cref="InvalidDataException">The manifest is not one that this build reads.</exception>
    /// <exception cref="IOException">The disk failed, or the copies in use leave too little space.</exception>
    public Task<ArtifactLease> AcquireAsync(ArtifactReference reference, CancellationToken cancellationToken) =>
        AcquireAsync(reference, source: null, cancellationToken);

    /// <summary>
    /// Moves a folder that was just published into the cache, instead of fetching it. If the copy exists, the folder is deleted.
    /// </summary>
    /// <param name="reference">Reference to the artifact.</param>
    /// <param name="source">Path of the folder, on the disk of the cache.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ObjectStoreException">The manifest cannot be read.</exception>
    /// <exception cref="IOException">The disk failed, or the copies in use leave too little space.</exception>
    public async Task AdoptAsync(ArtifactReference reference, string source, CancellationToken cancellationToken)
    {
        using ArtifactLease lease = await AcquireAsync(reference, source, cancellationToken);
        _files.DeleteFolderIfExists(source);
    }

    /// <summary>Removes the copy of an artifact that is no longer used; after its last lease if it has any.</summary>
    /// <param name="reference">Reference to the artifact.</param>
    public void Forget(ArtifactReference reference)
    {
        IReadOnlyList<string> folders = [];
        lock (_gate)
        {
            if (_artifacts.TryGetValue(reference.Manifest.Sha256, out CachedArtifact? artifact))
            {
                artifact.IsForgotten = true;
                folders = RemoveForgotten(artifact);
            }
        }

        Delete(folders);
    }

    /// <summary>Removes all copies but some, as <see cref="Forget"/> does.</summary>
    /// <param name="names">Names of the artifacts that stay: SHA-256 of their manifests.</param>
    /// <returns>Whether no other copy is left; false: one has a lease, or could not be deleted.</returns>
    public bool Keep(IReadOnlySet<string> names)
    {
        List<string> folders = [];
        lock (_gate)
        {
            foreach (CachedArtifact artifact in _artifacts.Values.Where(artifact => !names.Contains(artifact.Name)).ToArray())
            {
                artifact.IsForgotten = true;
                folders.AddRange(RemoveForgotten(artifact));
            }
        }

        Delete(folders);
        return _files.ListFolders(_root).All(path => names.Contains(Path.GetFileName(path)));
    }

    /// <summary>Returns the folder of the files of an artifact, on which the caller has a lease.</summary>
    /// <param name="reference">Reference to the artifact.</param>
    public string PathOf(ArtifactReference reference) => Folder(reference.Manifest.Sha256).FilesPath;

    /// <summary>
    /// Compares a copy, on which the caller has a lease, with its manifest. A damaged copy is fetched again at a later lease.
    /// </summary>
    /// <param name="reference">Reference to the artifact.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Whether all files are as they were published.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool Verify(ArtifactReference reference, CancellationToken cancellationToken)
    {
        bool isIntact = Folder(reference.Manifest.Sha256).IsIntact(reference, cancellationToken);
        lock (_gate)
        {
            if (!isIntact && _artifacts.TryGetValue(reference.Manifest.Sha256, out CachedArtifact? artifact))
            {
                artifact.IsDistrusted = true;
            }
        }

        return isIntact;
    }

    /// <inheritdoc/>
    public void Dispose() => _transfers.Dispose();

    private async Task<ArtifactLease> AcquireAsync(ArtifactReference reference, string? source, CancellationToken cancellationToken)
    {
        string name = reference.Manifest.Sha256;
        CachedArtifact? artifact;
        Task ready;
        lock (_gate)
        {
            if (!_artifacts.TryGetValue(name, out artifact))
            {
                artifact = new CachedArtifact(name);
                _artifacts.Add(name, artifact);
            }

            artifact.Leases++;
            artifact.IsForgotten = false;
            artifact.LastUse = ++_uses;
            if (artifact.NeedsPreparation)
            {
                artifact.Stop = new CancellationTokenSource();
                artifact.IsStopped = false;
                CancellationToken stop = artifact.Stop.Token;
                Task? previous = artifact.Ready;
                artifact.Ready = Task.Run(() => PrepareAsync(artifact, reference, source, previous, stop), CancellationToken.None);
            }

            ready = artifact.Ready!;
        }

        try
        {
            await ready.WaitAsync(cancellationToken);
            return new ArtifactLease(this, artifact, Folder(name).FilesPath);
        }
        catch
        {
            Release(artifact);
            throw;
        }
    }

    /// <summary>Releases one lease.</summary>
    internal void Release(CachedArtifact artifact)
    {
        CancellationTokenSource? stop = null;
        IReadOnlyList<string> forgotten = [];
        lock (_gate)
        {
            artifact.Leases--;
            if (artifact.Leases > 0)
            {
                return;
            }

            if (artifact.Ready is { IsCompleted: false })
            {
                stop = artifact.Stop;
                artifact.IsStopped = true;
            }
            else if (artifact.IsDistrusted)
            {
                (artifact.Ready, artifact.IsDistrusted) = (null, false);
            }

            forgotten = RemoveForgotten(artifact);
        }

        stop?.Cancel();
        Delete(forgotten);
    }

    /// <summary>Requires a new verification before the next lease after the last release.</summary>
    internal void Distrust(CachedArtifact artifact)
    {
        lock (_gate)
        {
            artifact.IsDistrusted = true;
        }
    }

    private async Task PrepareAsync(
        CachedArtifact artifact,
        ArtifactReference reference,
        string? source,
        Task? previous,
        CancellationToken cancellationToken)
    {
        if (previous is not null)
        {
            // A stopped or failed preparation of the same copy; it ends before this one begins.
            await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (Folder(artifact.Name).IsIntact(reference, cancellationToken))
        {
            return;
        }

        Delete(Discard(artifact));
        await _transfers.WaitAsync(cancellationToken);
        try
        {
            await CreateAsync(artifact, reference, source, cancellationToken);
        }
        finally
        {
            _transfers.Release();
        }
    }

    private async Task CreateAsync(
        CachedArtifact artifact, ArtifactReference reference, string? source, CancellationToken cancellationToken)
    {
        byte[] json = await _store.ReadAllAsync(reference.Key, reference.Manifest, ArtifactManifest.MaxBytes, cancellationToken);
        var manifest = ArtifactManifest.Parse(json);
        Delete(Reserve(artifact, json.Length + manifest.Length));
        string draft = Path.Combine(_root, artifact.Name + DraftMark);
        try
        {
            _files.DeleteFolderIfExists(draft);
            ArtifactFolder folder = new(draft, _files);
            if (source is null)
            {
                await folder.FetchAsync(json, manifest, _store, cancellationToken);
            }
            else
            {
                folder.Adopt(json, source);
            }

            _files.MoveFolder(draft, Path.Combine(_root, artifact.Name));
        }
        catch
        {
            lock (_gate)
            {
                _bytes -= artifact.Bytes;
                artifact.Bytes = 0;
            }

            Delete([draft]);
            throw;
        }
    }

    /// <summary>Reserves bytes for an artifact and returns the folders to delete for them.</summary>
    private List<string> Reserve(CachedArtifact artifact, long bytes)
    {
        lock (_gate)
        {
            List<CachedArtifact> removed = [];
            long free = _maxBytes - _bytes;
            IEnumerable<CachedArtifact> removable =
                _artifacts.Values.Where(static other => other.IsRemovable).OrderBy(static other => other.LastUse);
            foreach (CachedArtifact other in removable)
            {
                if (free >= bytes)
                {
                    break;
                }

                removed.Add(other);
                free += other.Bytes;
            }

            if (free < bytes)
            {
                throw new IOException(FormattableString.Invariant(
                    $"The artifact has {bytes} bytes; the cache has {_maxBytes}, of which {_maxBytes - free} are in use. ")
                    + "Raise the limit of the cache, or unload versions.");
            }

            List<string> folders = [];
            foreach (CachedArtifact other in removed)
            {
                folders.AddRange(Hide(other));
                _artifacts.Remove(other.Name);
            }

            artifact.Bytes = bytes;
            _bytes += bytes;
            return folders;
        }
    }

    /// <summary>Removes a forgotten artifact in the lock, unless it has leases or something works on it.</summary>
    /// <returns>The folders to delete.</returns>
    private string[] RemoveForgotten(CachedArtifact artifact)
    {
        bool isRemovable = artifact.IsForgotten && artifact.Leases == 0 && artifact.Ready is null or { IsCompleted: true };
        return isRemovable && _artifacts.Remove(artifact.Name) ? Hide(artifact) : [];
    }

    private string[] Discard(CachedArtifact artifact)
    {
        lock (_gate)
        {
            return Hide(artifact);
        }
    }

    /// <summary>Renames the folder of an artifact, in the lock, so that no later lease finds it, and returns the new path.</summary>
    private string[] Hide(CachedArtifact artifact)
    {
        string path = Path.Combine(_root, artifact.Name);
        string[] hidden = [];
        if (_files.FolderExists(path))
        {
            hidden = [FormattableString.Invariant($"{path}{RemovedMark}{++_removals}")];
            _files.MoveFolder(path, hidden[0]);
        }

        _bytes -= artifact.Bytes;
        artifact.Bytes = 0;
        return hidden;
    }

    /// <summary>Deletes folders that no lease can find. What cannot be deleted now is deleted when the cache is opened again.</summary>
    private void Delete(IReadOnlyList<string> folders)
    {
        foreach (string folder in folders)
        {
            try
            {
                _files.DeleteFolderIfExists(folder);
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
            }
        }
    }

    private ArtifactFolder Folder(string name) => new(Path.Combine(_root, name), _files);
}
