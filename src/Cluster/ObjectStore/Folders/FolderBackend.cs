using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.ObjectStore.Folders;

/// <summary>
/// Objects as files of a folder that all members mount. A file is written under a name of its own and renamed when it is complete and
/// flushed, so a reader never sees a part of it. A call blocks one thread of the pool until the file system answers; mount a network
/// folder with a timeout. Thread-safe, also for several processes.
/// </summary>
/// <param name="root">Absolute path of the folder; created if missing.</param>
/// <param name="storage">Storage of the folder.</param>
internal sealed class FolderBackend(string root, IFileStorage storage) : IObjectBackend
{
    /// <summary>Precedes the id of an upload in the name of its file. Keys have no dot, so no object has such a name.</summary>
    internal const string UploadMark = ".upload-";

    public Task<IObjectUpload> BeginAsync(string key, long length, CancellationToken cancellationToken) => RunAsync<IObjectUpload>(
        key,
        () =>
        {
            string path = PathOf(key);
            storage.CreateFolder(Path.GetDirectoryName(path)!);
            string draft = path + UploadMark + Guid.NewGuid().ToString("n");
            return new FolderUpload(this, key, draft, path, storage.Open(draft, FileMode.CreateNew, FileAccess.Write), storage);
        },
        cancellationToken);

    public Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => RunAsync(
        key,
        () =>
        {
            using IStoredFile file = storage.Open(PathOf(key), FileMode.Open, FileAccess.Read);
            int read = file.Read(buffer.Span, offset);
            return read == buffer.Length ? read : throw ObjectStoreException.Cut(key, read, buffer.Length);
        },
        cancellationToken);

    public Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken) => RunAsync(
        key,
        () => storage.FileExists(PathOf(key)) ? Length(PathOf(key)) : null,
        cancellationToken);

    public Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) => RunAsync(
        prefix,
        () =>
        {
            List<StoredObject> found = [];
            foreach (string key in Keys(prefix, cancellationToken).Where(static key => !key.Contains('.', StringComparison.Ordinal)))
            {
                if (string.CompareOrdinal(key, after) <= 0)
                {
                    continue;
                }

                if (found.Count == limit)
                {
                    return new ObjectPage(found, found[^1].Key);
                }

                // A file that another member has deleted since is left out.
                if (Length(PathOf(key)) is { } length)
                {
                    found.Add(new StoredObject(key, length));
                }
            }

            return new ObjectPage(found, null);
        },
        cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => RunAsync(
        key,
        () => Delete(PathOf(key)),
        cancellationToken);

    public Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<UnfinishedUpload>>(
            prefix,
            () =>
            [
                .. Keys(prefix, cancellationToken)
                    .Select(static name => name.Split(UploadMark))
                    .Where(static parts => parts.Length == 2)
                    .Select(static parts => new UnfinishedUpload(parts[0], parts[1]))
                    .Take(1_000),
            ],
            cancellationToken);

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => RunAsync(
        upload.Key,
        () => Delete(PathOf(upload.Key) + UploadMark + upload.UploadId),
        cancellationToken);

    /// <summary>Runs a call of the file system on a thread of the pool and translates its failure.</summary>
    internal static Task<T> RunAsync<T>(string key, Func<T> call, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            try
            {
                return call();
            }
            catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
            {
                throw ObjectStoreException.Missing(key, failure);
            }
            catch (UnauthorizedAccessException failure)
            {
                throw new ObjectStoreException(
                    ObjectStoreError.Rejected, key, $"The shared folder rejects the access to {key}: check its permissions.", failure);
            }
            catch (IOException failure) when (failure is not ObjectStoreException)
            {
                throw new ObjectStoreException(
                    ObjectStoreError.Unavailable, key, $"The shared folder failed for {key}: {failure.Message}", failure);
            }
        },
        cancellationToken);

    private bool Delete(string path)
    {
        if (!storage.FileExists(path))
        {
            return false;
        }

        storage.DeleteFile(path);
        storage.FlushFolder(Path.GetDirectoryName(path)!);
        return true;
    }

    private long? Length(string path)
    {
        try
        {
            using IStoredFile file = storage.Open(path, FileMode.Open, FileAccess.Read);
            return file.Length;
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Returns the names of all files below a prefix, with uploads, in ordinal order.</summary>
    private List<string> Keys(string prefix, CancellationToken cancellationToken)
    {
        List<string> keys = [];
        Collect(root, "");
        keys.Sort(StringComparer.Ordinal);
        return keys;

        void Collect(string folder, string path)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!storage.FolderExists(folder))
            {
                return;
            }

            keys.AddRange(storage.ListFiles(folder)
                .Select(file => path + Path.GetFileName(file))
                .Where(key => key.StartsWith(prefix, StringComparison.Ordinal)));
            foreach (string below in storage.ListFolders(folder))
            {
                string next = path + Path.GetFileName(below) + '/';
                if (next.StartsWith(prefix, StringComparison.Ordinal) || prefix.StartsWith(next, StringComparison.Ordinal))
                {
                    Collect(below, next);
                }
            }
        }
    }

    private string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));
}
