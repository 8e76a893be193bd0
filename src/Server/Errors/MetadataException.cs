using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Errors;

/// <summary>The storage of the metadata failed. Both databases report their failures in this form.</summary>
/// <param name="error">Why the storage failed.</param>
/// <param name="message">What the database reported.</param>
/// <param name="inner">Exception of the database.</param>
[SuppressMessage("Design", "CA1032:Implement standard exception constructors", Justification = "A failure without a cause has no status.")]
internal sealed class MetadataException(StorageError error, string message, Exception inner) : IOException(message, inner)
{
    /// <summary>Why the storage failed.</summary>
    public StorageError Error { get; } = error;
}
