using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Bytes of a document in a record: id, text, time in ticks of UTC (−1 for none), number of attributes, their names and values by name.
/// </summary>
internal static class DocumentCodec
{
    private const long NoTime = -1;

    /// <summary>Returns the number of bytes of a document.</summary>
    public static int SizeOf(Document document)
    {
        int size = RecordWriter.SizeOf(document.Id) + RecordWriter.SizeOf(document.Text) + sizeof(long);
        size += RecordWriter.SizeOf(document.Attributes?.Count ?? 0);
        if (document.Attributes is { } attributes)
        {
            foreach ((string key, string value) in attributes)
            {
                size += RecordWriter.SizeOf(key) + RecordWriter.SizeOf(value);
            }
        }

        return size;
    }

    /// <summary>Writes a document.</summary>
    /// <returns>Bytes of its text.</returns>
    public static int Write(ref RecordWriter writer, Document document)
    {
        writer.Write(document.Id);
        int textBytes = writer.Write(document.Text);
        writer.Write(document.Time?.UtcTicks ?? NoTime);
        writer.WriteLength(document.Attributes?.Count ?? 0);
        if (document.Attributes is { Count: > 0 } attributes)
        {
            foreach ((string key, string value) in attributes.OrderBy(static pair => pair.Key, StringComparer.Ordinal))
            {
                writer.Write(key);
                writer.Write(value);
            }
        }

        return textBytes;
    }

    /// <summary>Reads a document.</summary>
    public static Document Read(BinaryReader reader)
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
