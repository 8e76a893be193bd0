using TopicGrpc.Cluster.ObjectStore;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>A store whose reads are counted, held or failed.</summary>
internal sealed class CountingBackend(IObjectBackend inner) : IObjectBackend
{
    private readonly TaskCompletionSource _firstRead = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _reads;

    public int Reads => _reads;

    /// <summary>Completes when the first read arrives.</summary>
    public Task FirstRead => _firstRead.Task;

    /// <summary>Completes when a held read is canceled.</summary>
    public Task Stopped => _stopped.Task;

    public bool IsHeld { get; set; }

    /// <summary>Reads that fail before one succeeds.</summary>
    public int Failures { get; set; }

    public async Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _reads);
        _firstRead.TrySetResult();
        if (Failures-- > 0)
        {
            throw new ObjectStoreException(ObjectStoreError.Unavailable, key, "The store failed.");
        }

        if (IsHeld)
        {
            try
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
            finally
            {
                _stopped.TrySetResult();
            }
        }

        await inner.ReadAsync(key, offset, buffer, cancellationToken);
    }

    public Task<IObjectUpload> BeginAsync(string key, long length, CancellationToken cancellationToken) =>
        inner.BeginAsync(key, length, cancellationToken);

    public Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken) => inner.FindLengthAsync(key, cancellationToken);

    public Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken) =>
        inner.ListAsync(prefix, after, limit, cancellationToken);

    public Task DeleteAsync(string key, CancellationToken cancellationToken) => inner.DeleteAsync(key, cancellationToken);

    public Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken) =>
        inner.ListUnfinishedAsync(prefix, cancellationToken);

    public Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken) => inner.AbortAsync(upload, cancellationToken);
}
