using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Writes a <see cref="StoredChunk"/> as bytes and reads it back. Format 1 has no embeddings. Format 2 ends with the dimension and the
/// embeddings as single-precision numbers, little-endian, behind zeros that align them to four bytes.
/// </summary>
internal static class ChunkCodec
{
    private const byte Format = 1;
    private const byte FormatWithEmbeddings = 2;
    private const int Alignment = sizeof(float);

    public static byte[] Encode(StoredChunk chunk)
    {
        // Of the exact size: a chunk of embeddings is large, and growing and copying would double the garbage of an ingest.
        byte[] bytes = GC.AllocateUninitializedArray<byte>(SizeOf(chunk));
        using MemoryStream stream = new(bytes);
        using (BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(chunk.Embeddings is null ? Format : FormatWithEmbeddings);
            writer.Write(chunk.Session.Id);
            writer.Write(chunk.Session.NextOffset);
            writer.Write(chunk.Session.Rejected);
            writer.Write(chunk.Session.Duplicates);
            writer.Write7BitEncodedInt(chunk.Documents.Count);
            foreach (Document document in chunk.Documents)
            {
                Encode(writer, document);
            }

            if (chunk.Embeddings is { } embeddings)
            {
                Encode(writer, embeddings, chunk.Documents.Count);
            }
        }

        return bytes;
    }

    /// <returns>The chunk; its embeddings are a view of the bytes.</returns>
    /// <exception cref="InvalidDataException">The bytes are not a chunk of a known format.</exception>
    public static StoredChunk Decode(byte[] bytes)
    {
        using MemoryStream stream = new(bytes, writable: false);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        byte format = reader.ReadByte();
        if (format is not (Format or FormatWithEmbeddings))
        {
            throw new InvalidDataException(
                $"The record has format {format}; this server reads the formats {Format} and {FormatWithEmbeddings}.");
        }

        SessionState session = new(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var documents = new Document[reader.Read7BitEncodedInt()];
        for (int index = 0; index < documents.Length; index++)
        {
            documents[index] = DecodeDocument(reader);
        }

        return new StoredChunk(session, documents)
        {
            Embeddings = format == FormatWithEmbeddings ? DecodeEmbeddings(bytes, (int)stream.Position, documents.Length) : null,
        };
    }

    private static int SizeOf(StoredChunk chunk)
    {
        int size = sizeof(byte) + SizeOf(chunk.Session.Id) + (3 * sizeof(long)) + SizeOf(chunk.Documents.Count);
        foreach (Document document in chunk.Documents)
        {
            size += SizeOf(document.Id) + SizeOf(document.Text) + sizeof(long) + SizeOf(document.Attributes?.Count ?? 0);
            if (document.Attributes is { } attributes)
            {
                foreach ((string key, string value) in attributes)
                {
                    size += SizeOf(key) + SizeOf(value);
                }
            }
        }

        return chunk.Embeddings is null
            ? size
            : Aligned(size + sizeof(int)) + (chunk.Documents.Count * chunk.Embeddings.Dimension * sizeof(float));
    }

    private static int SizeOf(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        return SizeOf(bytes) + bytes;
    }

    /// <summary>Returns the bytes of a number of 0 or more with seven bits per byte.</summary>
    private static int SizeOf(int value) => (int.Log2(value | 1) / 7) + 1;

    private static int Aligned(int position) => (position + Alignment - 1) / Alignment * Alignment;

    private static void Encode(BinaryWriter writer, EmbeddingRows embeddings, int count)
    {
        writer.Write(embeddings.Dimension);
        int position = (int)writer.BaseStream.Position;
        for (int end = Aligned(position); position < end; position++)
        {
            writer.Write((byte)0);
        }

        for (int row = 0; row < count; row++)
        {
            writer.Write(MemoryMarshal.AsBytes(embeddings.Row(row)));
        }
    }

    private static EmbeddingRows DecodeEmbeddings(byte[] bytes, int position, int count)
    {
        if (bytes.Length - position < sizeof(int))
        {
            throw new InvalidDataException("The record ends before its embeddings.");
        }

        int dimension = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(position));
        position = Aligned(position + sizeof(int));
        return dimension > 0 && bytes.Length - position == (long)count * dimension * sizeof(float)
            ? new EmbeddingRows(bytes.AsMemory(position), dimension)
            : throw new InvalidDataException(FormattableString.Invariant(
                $"The record has {bytes.Length - position} bytes of embeddings for {count} documents of dimension {dimension}."));
    }

    private static void Encode(BinaryWriter writer, Document document)
    {
        writer.Write(document.Id);
        writer.Write(document.Text);
        writer.Write(document.Time?.UtcTicks ?? -1L);
        writer.Write7BitEncodedInt(document.Attributes?.Count ?? 0);
        if (document.Attributes is { } attributes)
        {
            foreach ((string key, string value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            {
                writer.Write(key);
                writer.Write(value);
            }
        }
    }

    private static Document DecodeDocument(BinaryReader reader)
    {
        string id = reader.ReadString();
        string text = reader.ReadString();
        long ticks = reader.ReadInt64();
        int attributeCount = reader.Read7BitEncodedInt();
        Dictionary<string, string>? attributes = attributeCount == 0 ? null : new(attributeCount, StringComparer.Ordinal);
        for (int index = 0; index < attributeCount; index++)
        {
            attributes!.Add(reader.ReadString(), reader.ReadString());
        }

        return new Document(id, text, ticks < 0 ? null : new DateTimeOffset(ticks, TimeSpan.Zero), attributes);
    }
}
