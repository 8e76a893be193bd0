using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// 128 bits of SHA-256 over everything but the id. Distinguishes a document that is sent twice from another document with the same id.
/// </summary>
internal static class ContentHash
{
    public static UInt128 Of(Document document)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, document.Text);
        Add(hash, document.Time?.UtcTicks ?? -1L);
        if (document.Attributes is { } attributes)
        {
            foreach ((string key, string value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                Add(hash, key);
                Add(hash, value);
            }
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }

    // Length-prefixed, so that different lists of strings give different bytes.
    private static void Add(IncrementalHash hash, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Add(hash, bytes.Length);
        hash.AppendData(bytes);
    }

    private static void Add(IncrementalHash hash, long value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, value);
        hash.AppendData(bytes);
    }
}
