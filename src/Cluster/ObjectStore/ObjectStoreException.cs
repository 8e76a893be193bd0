namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>A call of the object store that failed.</summary>
/// <param name="error">The reason.</param>
/// <param name="key">The object, or the prefix of a listing.</param>
/// <param name="message">What happened.</param>
/// <param name="cause">The exception of the client library.</param>
internal sealed class ObjectStoreException(ObjectStoreError error, string key, string message, Exception? cause = null)
    : IOException(message, cause)
{
    /// <summary>The reason.</summary>
    public ObjectStoreError Error { get; } = error;

    /// <summary>The object, or the prefix of a listing.</summary>
    public string Key { get; } = key;

    /// <summary>Whether the same call may succeed later.</summary>
    public bool IsTransient => Error is ObjectStoreError.Unavailable or ObjectStoreError.TimedOut;

    /// <summary>Returns the exception for an object that does not exist.</summary>
    public static ObjectStoreException Missing(string key, Exception? cause = null) =>
        new(ObjectStoreError.Missing, key, $"The object {key} does not exist.", cause);

    /// <summary>Returns the exception for bytes that differ from their hash.</summary>
    public static ObjectStoreException Damaged(string key, long offset) => new(
        ObjectStoreError.Damaged,
        key,
        FormattableString.Invariant($"The object {key} is damaged: its SHA-256 differs in the block at byte {offset}."));

    /// <summary>Returns the exception for a transfer that ended early.</summary>
    public static ObjectStoreException Cut(string key, long received, long expected) => new(
        ObjectStoreError.Unavailable,
        key,
        FormattableString.Invariant($"The transfer of {key} ended after {received} of {expected} bytes."));
}
