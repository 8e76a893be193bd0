namespace TopicGrpc.Engine.Storage;

/// <summary>
/// A temporary file without a name, mapped read-only. No other process can open, shorten or replace it, so a read of the mapped bytes
/// fails only if the disk does. Its pages are not private memory: the system writes them to the disk and drops them under pressure. It ends
/// with its disposal or with the process. Thread-safe.
/// </summary>
public interface IScratchFile : IDisposable
{
    /// <summary>Length in bytes. The disk space is reserved when the file is created.</summary>
    long Length { get; }

    /// <summary>
    /// Address of the first byte, aligned to a page and valid until disposal. Bytes that were not written are zero.
    /// </summary>
    nint Address { get; }

    /// <summary>Writes bytes; they are visible at <see cref="Address"/> when the call returns.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="offset">Offset of the first byte.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    void Write(ReadOnlySpan<byte> bytes, long offset);
}
