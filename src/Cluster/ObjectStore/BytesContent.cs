namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Content in memory.</summary>
/// <param name="bytes">The bytes; not changed while the content is in use.</param>
internal sealed class BytesContent(ReadOnlyMemory<byte> bytes) : IContentSource
{
    public long Length => bytes.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        int count = (int)Math.Clamp(bytes.Length - offset, 0, buffer.Length);
        bytes.Span.Slice((int)Math.Min(offset, bytes.Length), count).CopyTo(buffer);
        return count;
    }
}
