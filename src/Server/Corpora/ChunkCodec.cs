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
        int size = HeaderSize(chunk.Session.Id, chunk.Documents.Count);
        foreach (Document document in chunk.Documents)
        {
            size += DocumentCodec.SizeOf(document);
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>(WithEmbeddings(size, chunk.Documents.Count, chunk.Embeddings?.Dimension ?? 0));
        RecordWriter writer = new(bytes);
        WriteHeader(ref writer, chunk.Embeddings is not null, chunk.Session, chunk.Documents.Count);
        foreach (Document document in chunk.Documents)
        {
            DocumentCodec.Write(ref writer, document);
        }

        if (chunk.Embeddings is { } embeddings)
        {
            WriteDimension(ref writer, embeddings.Dimension);
            for (int row = 0; row < chunk.Documents.Count; row++)
            {
                writer.Write(MemoryMarshal.AsBytes(embeddings.Row(row)));
            }
        }

        return bytes;
    }

    /// <summary>Returns the record of some documents of a chunk, with the bytes that the other overload returns for them.</summary>
    /// <param name="session">State of the session after the chunk.</param>
    /// <param name="chunk">The chunk.</param>
    /// <param name="documents">Indexes of the documents. Either each has an embedding, all of one dimension, or none has.</param>
    public static RentedBuffer<byte> Encode(SessionState session, IncomingChunk chunk, IReadOnlyList<int> documents)
    {
        int dimension = documents.Count == 0 ? 0 : chunk[documents[0]].Dimension;
        int size = HeaderSize(session.Id, documents.Count);
        foreach (int index in documents)
        {
            size += chunk[index].Length;
        }

        size = WithEmbeddings(size, documents.Count, dimension);
        RentedBuffer<byte> record = new(size);
        RecordWriter writer = new(record.Append(size));
        WriteHeader(ref writer, dimension > 0, session, documents.Count);
        foreach (int index in documents)
        {
            writer.Write(chunk.BytesOf(index));
        }

        if (dimension > 0)
        {
            WriteDimension(ref writer, dimension);
            foreach (int index in documents)
            {
                writer.Write(MemoryMarshal.AsBytes(chunk.EmbeddingOf(index)));
            }
        }

        return record;
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
            documents[index] = DocumentCodec.Read(reader);
        }

        return new StoredChunk(session, documents)
        {
            Embeddings = format == FormatWithEmbeddings ? DecodeEmbeddings(bytes, (int)stream.Position, documents.Length) : null,
        };
    }

    private static int HeaderSize(string sessionId, int documents) =>
        sizeof(byte) + RecordWriter.SizeOf(sessionId) + (3 * sizeof(long)) + RecordWriter.SizeOf(documents);

    private static int WithEmbeddings(int size, int documents, int dimension) =>
        dimension == 0 ? size : checked(Aligned(size + sizeof(int)) + (documents * dimension * sizeof(float)));

    private static int Aligned(int position) => (position + Alignment - 1) / Alignment * Alignment;

    private static void WriteHeader(ref RecordWriter writer, bool hasEmbeddings, SessionState session, int documents)
    {
        writer.Write(hasEmbeddings ? FormatWithEmbeddings : Format);
        writer.Write(session.Id);
        writer.Write(session.NextOffset);
        writer.Write(session.Rejected);
        writer.Write(session.Duplicates);
        writer.WriteLength(documents);
    }

    private static void WriteDimension(ref RecordWriter writer, int dimension)
    {
        writer.Write(dimension);
        while (writer.Position % Alignment != 0)
        {
            writer.Write((byte)0);
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
}
