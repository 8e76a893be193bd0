using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Testing.Storage;

/// <summary>An open file of <see cref="MemoryStorage"/>.</summary>
internal sealed class MemoryFile(MemoryStorage storage, MemoryFileNode node, int generation) : IStoredFile
{
    public long Length => node.Current.Length;

    public int Read(Span<byte> buffer, long offset)
    {
        byte[] content = [];
        storage.Call(generation, () => content = node.Current);
        int length = (int)Math.Clamp(content.Length - offset, 0, buffer.Length);
        content.AsSpan((int)Math.Min(offset, content.Length), length).CopyTo(buffer);
        return length;
    }

    public void Write(ReadOnlySpan<byte> bytes, long offset)
    {
        byte[] copy = bytes.ToArray();
        storage.Call(generation, () => node.Write(copy, offset), partial: () => node.Write(copy.AsSpan(0, copy.Length / 2), offset));
    }

    public void SetLength(long length) => storage.Call(generation, () => node.SetLength(length));

    public void Flush() => storage.Call(generation, node.Flush, failed: node.FailFlush);

    public void Dispose()
    {
    }
}
