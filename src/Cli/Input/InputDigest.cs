using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Cli.Input;

/// <summary>SHA-256 over the documents of an input in their order: ids, texts, times, attributes, embeddings.</summary>
internal sealed class InputDigest : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Number of documents added.</summary>
    public long Documents { get; private set; }

    public void Add(InputDocument document)
    {
        Documents++;
        Add(document.Id);
        Add(document.Key);
        Add(document.Text);
        Add(document.Time?.UtcTicks ?? -1);
        Add(document.Attributes.Count);
        foreach ((string key, string value) in document.Attributes)
        {
            Add(key);
            Add(value);
        }

        // Nothing for a document without an embedding: its digest is that of earlier builds.
        if (!document.Embedding.IsEmpty)
        {
            Add(document.Embedding.Length);
            _hash.AppendData(MemoryMarshal.AsBytes(document.Embedding.Span));
        }
    }

    /// <summary>Adds a text; its length goes first, so that no two lists of texts have the same bytes.</summary>
    public void Add(string text)
    {
        int length = Encoding.UTF8.GetByteCount(text);
        Add(length);
        byte[] bytes = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        _hash.AppendData(bytes.AsSpan(0, Encoding.UTF8.GetBytes(text, bytes)));
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>Returns the digest of everything added so far as hexadecimal digits.</summary>
    public string Value() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose() => _hash.Dispose();

    private void Add(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
    }
}
