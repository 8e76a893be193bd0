namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>
/// An object that is being written. Parts have <see cref="ContentLayout.PartBytes"/> bytes, the last one fewer, and may be written in any
/// order, at the same time and repeatedly. Disposing an upload that was not completed removes its parts as far as the store can be reached.
/// </summary>
internal interface IObjectUpload : IAsyncDisposable
{
    /// <summary>Writes one part.</summary>
    /// <param name="index">Index of the part, from 0.</param>
    /// <param name="content">Bytes of the part; not changed before the call ends.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    Task WritePartAsync(int index, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    /// <summary>Makes the object visible and durable.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    Task CompleteAsync(CancellationToken cancellationToken);
}
