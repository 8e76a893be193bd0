using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// 128 bits of SHA-256 over everything but the id: the bytes of <see cref="DocumentCodec"/>, which are self-delimiting, then the given
/// embedding. Distinguishes a document that is sent twice from another document with the same id. Not stored.
/// </summary>
internal static class ContentHash
{
    /// <summary>Returns the hash of a document without a given embedding.</summary>
    public static UInt128 Of(Document document) => Of(document, []);

    /// <summary>Returns the hash of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="embedding">The embedding that the client gave; empty for none.</param>
    public static UInt128 Of(Document document, ReadOnlySpan<float> embedding)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(DocumentCodec.SizeOf(document));
        RecordWriter writer = new(buffer);
        DocumentCodec.Write(ref writer, document);
        UInt128 hash = Of(buffer.AsSpan(RecordWriter.SizeOf(document.Id)..writer.Position), embedding);
        ArrayPool<byte>.Shared.Return(buffer);
        return hash;
    }

    /// <summary>Returns the hash of an encoded document.</summary>
    /// <param name="content">Its bytes behind the id.</param>
    /// <param name="embedding">The embedding that the client gave; empty for none.</param>
    public static UInt128 Of(ReadOnlySpan<byte> content, ReadOnlySpan<float> embedding)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        if (embedding.IsEmpty)
        {
            SHA256.HashData(content, digest);
        }
        else
        {
            // One call of the hash over one buffer: a second call costs more than the copy.
            ReadOnlySpan<byte> numbers = MemoryMarshal.AsBytes(embedding);
            byte[] joined = ArrayPool<byte>.Shared.Rent(content.Length + numbers.Length);
            content.CopyTo(joined);
            numbers.CopyTo(joined.AsSpan(content.Length));
            SHA256.HashData(joined.AsSpan(0, content.Length + numbers.Length), digest);
            ArrayPool<byte>.Shared.Return(joined);
        }

        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
