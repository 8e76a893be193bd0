using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>The store as one process sees it, over the simulated network.</summary>
internal sealed class SimulatedBackend(SimulatedStore store, SimulatedProcess process) : IObjectBackend
{
    public async Task<IObjectUpload> BeginAsync(string key, long length, CancellationToken cancellationToken) =>
        new Upload(this, await CallAsync(key, () => store.Begin(key), cancellationToken), key, new byte[length]);

    public async Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        int count = buffer.Length;
        byte[] read = await CallAsync(key, () => store.Read(key, offset, count), cancellationToken);
        read.CopyTo(buffer);
    }

    public Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken) =>
        CallAsync(key, () => store.Objects.GetValueOrDefault(key)?.LongLength, cancellationToken);

    public Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) => CallAsync(
        prefix,
        () =>
        {
            StoredObject[] found =
            [
                .. store.Objects.Where(one => string.CompareOrdinal(one.Key, after) > 0).Take(limit)
                    .Select(static one => new StoredObject(one.Key, one.Value.LongLength)),
            ];
            return new ObjectPage(found, found.Length == limit ? found[^1].Key : null);
        },
        cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) =>
        CallAsync(key, () => store.Delete(key), cancellationToken);

    public Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken) =>
        CallAsync<IReadOnlyList<UnfinishedUpload>>(prefix, () => [.. store.Uploads.Values], cancellationToken);

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) =>
        CallAsync(upload.Key, () => store.Uploads.Remove(upload.UploadId), cancellationToken);

    private Task<T> CallAsync<T>(string key, Func<T> effect, CancellationToken cancellationToken) => process.CallAsync(
        effect,
        () => new ObjectStoreException(ObjectStoreError.Unavailable, key, "The network lost the call."),
        cancellationToken);

    private sealed class Upload(SimulatedBackend backend, string id, string key, byte[] bytes) : IObjectUpload
    {
        private bool _isComplete;

        public Task WritePartAsync(int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
        {
            byte[] part = content.ToArray();
            return backend.CallAsync(
                key,
                () =>
                {
                    part.CopyTo(bytes, (long)index * ContentLayout.PartBytes);
                    return part.Length;
                },
                cancellationToken);
        }

        public async Task CompleteAsync(CancellationToken cancellationToken)
        {
            await backend.CallAsync(
                key,
                () =>
                {
                    backend.Complete(id, bytes);
                    return true;
                },
                cancellationToken);
            _isComplete = true;
        }

        public async ValueTask DisposeAsync()
        {
            if (!_isComplete)
            {
                try
                {
                    await backend.AbortAsync(new UnfinishedUpload(key, id), CancellationToken.None);
                }
                catch (ObjectStoreException)
                {
                    // The sweep removes the upload.
                }
            }
        }
    }

    private void Complete(string id, byte[] bytes) => store.Complete(id, bytes);
}
