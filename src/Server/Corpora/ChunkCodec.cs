using System.Text;
using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>Writes a <see cref="StoredChunk"/> as bytes and reads it back.</summary>
internal static class ChunkCodec
{
    private const byte Format = 1;

    public static byte[] Encode(StoredChunk chunk)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(Format);
            writer.Write(chunk.Session.Id);
            writer.Write(chunk.Session.NextOffset);
            writer.Write(chunk.Session.Rejected);
            writer.Write(chunk.Session.Duplicates);
            writer.Write7BitEncodedInt(chunk.Documents.Count);
            foreach (Document document in chunk.Documents)
            {
                Encode(writer, document);
            }
        }

        return stream.ToArray();
    }

    /// <exception cref="InvalidDataException">The bytes are not a chunk of a known format.</exception>
    public static StoredChunk Decode(byte[] bytes)
    {
        using MemoryStream stream = new(bytes, writable: false);
        using BinaryReader reader = new(stream, Encoding.UTF8);
        byte format = reader.ReadByte();
        if (format != Format)
        {
            throw new InvalidDataException($"The record has format {format}; this server reads format {Format}.");
        }

        SessionState session = new(reader.ReadString(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());
        var documents = new Document[reader.Read7BitEncodedInt()];
        for (int index = 0; index < documents.Length; index++)
        {
            documents[index] = DecodeDocument(reader);
        }

        return new StoredChunk(session, documents);
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
