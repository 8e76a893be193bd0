namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Bytes that are described and written. Thread-safe.</summary>
internal interface IContentSource
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads bytes.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <returns>Bytes read; fewer than the buffer has only at the end.</returns>
    int Read(Span<byte> buffer, long offset);
}
