namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Place of the values of one column in one row group.</summary>
internal sealed class ColumnChunk
{
    public PhysicalType Type { get; private set; }

    public Codec Codec { get; private set; }

    /// <summary>Values, nulls included.</summary>
    public long Values { get; private set; }

    /// <summary>Bytes of all pages, as stored.</summary>
    public long Bytes { get; private set; }

    public long DataOffset { get; private set; }

    public long? DictionaryOffset { get; private set; }

    public bool IsEncrypted { get; private set; }

    public bool IsElsewhere { get; private set; }

    /// <summary>Offset of the first page. Some writers state an offset of 0 for a dictionary that does not exist.</summary>
    public long Start => DictionaryOffset is { } dictionary and > 0 && dictionary < DataOffset ? dictionary : DataOffset;

    public static ColumnChunk Read(ref ThriftReader reader)
    {
        ColumnChunk chunk = new();
        int id = 0;
        bool hasMetadata = false;
        while (reader.NextField(ref id, out byte type))
        {
            switch (id)
            {
                case 1:
                    chunk.IsElsewhere = !reader.ReadBinary().IsEmpty;
                    break;
                case 3 when type == ThriftReader.Structure:
                    chunk.ReadMetadata(ref reader);
                    hasMetadata = true;
                    break;
                case 8 or 9:
                    chunk.IsEncrypted = true;
                    reader.Skip(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return hasMetadata || chunk.IsEncrypted ? chunk : throw new InvalidDataException("a column has no description");
    }

    private void ReadMetadata(ref ThriftReader reader)
    {
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            switch (id)
            {
                case 1:
                    Type = (PhysicalType)reader.ReadInt32();
                    break;
                case 4:
                    Codec = (Codec)reader.ReadInt32();
                    break;
                case 5:
                    Values = reader.ReadInt64();
                    break;
                case 7:
                    Bytes = reader.ReadInt64();
                    break;
                case 9:
                    DataOffset = reader.ReadInt64();
                    break;
                case 11:
                    DictionaryOffset = reader.ReadInt64();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }
    }
}
