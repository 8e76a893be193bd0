using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Load.Corpora;

/// <summary>Digest of ids and texts in order: lists of documents with equal digests are equal.</summary>
/// <param name="Count">Number of documents.</param>
/// <param name="Sha256">Hash of the ids and texts, each prefixed with its length.</param>
internal sealed record DocumentDigest(long Count, string Sha256)
{
    public static DocumentDigest Of(IEnumerable<(string Id, string Text)> documents)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        long count = 0;
        foreach ((string id, string text) in documents)
        {
            Add(hash, id);
            Add(hash, text);
            count++;
        }

        return new DocumentDigest(count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private static void Add(IncrementalHash hash, string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, bytes.Length);
        hash.AppendData(length);
        hash.AppendData(bytes);
    }
}
