namespace TopicGrpc.Engine.Storage;

/// <summary>A stored file as a stream with a position, for code that reads or writes streams. It does not buffer.</summary>
/// <param name="file">The file, which is disposed with the stream.</param>
/// <param name="access">What the file was opened for.</param>
public sealed class StoredFileStream(IStoredFile file, FileAccess access) : Stream
{
    private readonly IStoredFile _file = file ?? throw new ArgumentNullException(nameof(file));

    /// <inheritdoc/>
    public override bool CanRead => access.HasFlag(FileAccess.Read);

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite => access.HasFlag(FileAccess.Write);

    /// <inheritdoc/>
    public override long Length => _file.Length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        int read = _file.Read(buffer, Position);
        Position += read;
        return read;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _file.Write(buffer, Position);
        Position += buffer.Length;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Current => Position,
        SeekOrigin.End => Length,
        _ => 0,
    };

    /// <inheritdoc/>
    public override void SetLength(long value) => _file.SetLength(value);

    /// <summary>Does nothing: the stream does not buffer. <see cref="IStoredFile.Flush"/> makes the content durable.</summary>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }
}
