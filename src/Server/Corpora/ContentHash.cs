using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// 128 bits of SHA-256 over everything but the id. Distinguishes a document that is sent twice from another document with the same id.
/// </summary>
internal static class ContentHash
{
    // No length of a string: an embedding is distinct from any attribute.
    private const long EmbeddingMark = -2;

    /// <summary>Returns the hash of a document without a given embedding.</summary>
    public static UInt128 Of(Document document) => Of(document, []);

    /// <summary>Returns the hash of a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="embedding">The embedding that the client gave; empty for none.</param>
    public static UInt128 Of(Document document, ReadOnlySpan<float> embedding)
    {
        int bound = Bound(document.Text) + sizeof(long) + (2 * sizeof(long)) + (embedding.Length * sizeof(float));
        if (document.Attributes is { } bounded)
        {
            foreach ((string key, string value) in bounded)
            {
                bound += Bound(key) + Bound(value);
            }
        }

        // One call of the hash over one buffer: the call costs more than the copy.
        byte[] buffer = ArrayPool<byte>.Shared.Rent(bound);
        int length = Add(buffer, 0, document.Text);
        length = Add(buffer, length, document.Time?.UtcTicks ?? -1L);
        if (document.Attributes is { } attributes)
        {
            foreach ((string key, string value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                length = Add(buffer, length, key);
                length = Add(buffer, length, value);
            }
        }

        if (!embedding.IsEmpty)
        {
            length = Add(buffer, length, EmbeddingMark);
            length = Add(buffer, length, embedding.Length);
            MemoryMarshal.AsBytes(embedding).CopyTo(buffer.AsSpan(length));
            length += embedding.Length * sizeof(float);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(buffer.AsSpan(0, length), digest);
        ArrayPool<byte>.Shared.Return(buffer);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    private static int Bound(string value) => sizeof(long) + Encoding.UTF8.GetMaxByteCount(value.Length);

    // Length-prefixed, so that different lists of strings give different bytes.
    private static int Add(byte[] buffer, int position, string value)
    {
        int bytes = Encoding.UTF8.GetBytes(value, buffer.AsSpan(position + sizeof(long)));
        return Add(buffer, position, bytes) + bytes;
    }

    private static int Add(byte[] buffer, int position, long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.AsSpan(position), value);
        return position + sizeof(long);
    }
}
