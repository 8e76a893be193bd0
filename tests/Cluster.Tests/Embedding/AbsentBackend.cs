using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.Embedding;

/// <summary>An object store that is away.</summary>
internal sealed class AbsentBackend : IObjectBackend
{
    public Task<IObjectUpload> BeginAsync(string key, long length, CancellationToken cancellationToken) => throw Away(key);

    public Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken) => throw Away(key);

    public Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken) => throw Away(key);

    public Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) => throw Away(prefix);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => throw Away(key);

    public Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken) =>
        throw Away(prefix);

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => throw Away(upload.Key);

    private static ObjectStoreException Away(string key) => new(ObjectStoreError.Unavailable, key, "The store is away.");
}
