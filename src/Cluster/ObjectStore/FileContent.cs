using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.ObjectStore;

/// <summary>Content of an open file.</summary>
/// <param name="file">The file; the caller disposes it.</param>
internal sealed class FileContent(IStoredFile file) : IContentSource
{
    public long Length { get; } = file.Length;

    public int Read(Span<byte> buffer, long offset) => file.Read(buffer, offset);
}
