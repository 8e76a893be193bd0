namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>
/// The few calls that a store of objects must have. It needs no conditional write, no rename and no lock: a key is written with one content
/// only, so a repeated or late write changes nothing. Each call is one attempt; <see cref="ContentStore"/> adds retries, timeouts and the
/// check of hashes. A failed call throws <see cref="ObjectStoreException"/>. Implementations are thread-safe.
/// </summary>
internal interface IObjectBackend
{
    /// <summary>Begins to write an object. It is visible, as a whole, after <see cref="IObjectUpload.CompleteAsync"/>.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="length">Length of the object in bytes.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The upload.</returns>
    Task<IObjectUpload> BeginAsync(string key, long length, CancellationToken cancellationToken);

    /// <summary>Reads bytes of an object until the buffer is full.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <param name="buffer">Receives the bytes; all of them must exist.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ObjectStoreException">Also when the transfer ends before the buffer is full.</exception>
    Task ReadAsync(string key, long offset, Memory<byte> buffer, CancellationToken cancellationToken);

    /// <summary>Returns the length of an object; null if it does not exist.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<long?> FindLengthAsync(string key, CancellationToken cancellationToken);

    /// <summary>Lists objects in ordinal order.</summary>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="after">Key after which the page starts; null for the first page.</param>
    /// <param name="limit">Most objects of the page, 1 to 1,000.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<ObjectPage> ListAsync(string prefix, string? after, int limit, CancellationToken cancellationToken);

    /// <summary>Deletes an object. A missing object is no error.</summary>
    /// <param name="key">Key of the object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task DeleteAsync(string key, CancellationToken cancellationToken);

    /// <summary>Lists at most 1,000 uploads that were begun and not completed.</summary>
    /// <param name="prefix">First characters of the keys.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task<IReadOnlyList<UnfinishedUpload>> ListUnfinishedAsync(string prefix, CancellationToken cancellationToken);

    /// <summary>Removes the parts of an upload that was not completed. A missing upload is no error.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task AbortAsync(UnfinishedUpload upload, CancellationToken cancellationToken);
}
