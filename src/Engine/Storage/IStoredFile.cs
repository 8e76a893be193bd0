namespace TopicGrpc.Engine.Storage;

/// <summary>An open file of an <see cref="IFileStorage"/>. Calls take the offset, so the file has no position of its own.</summary>
public interface IStoredFile : IDisposable
{
    /// <summary>Length in bytes.</summary>
    long Length { get; }

    /// <summary>Reads bytes; fewer than asked for only at the end of the file.</summary>
    /// <param name="buffer">Receives the bytes.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <returns>Bytes read; 0 at the end of the file.</returns>
    int Read(Span<byte> buffer, long offset);

    /// <summary>Writes all bytes; they may be lost in a crash before <see cref="Flush"/> returns.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Offset of the first byte.</param>
    void Write(ReadOnlySpan<byte> bytes, long offset);

    /// <summary>Changes the length.</summary>
    /// <param name="length">New length in bytes.</param>
    void SetLength(long length);

    /// <summary>
    /// Makes what was written durable. After an exception the content of the file on disk is unknown, even when a later call
    /// succeeds: the system forgets which pages failed.
    /// </summary>
    void Flush();
}
