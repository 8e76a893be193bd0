namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Header of a page of a column.</summary>
internal sealed class PageHeader
{
    public PageKind Kind { get; private set; }

    /// <summary>Bytes after decompression.</summary>
    public int Bytes { get; private set; }

    public int StoredBytes { get; private set; }

    /// <summary>Values, nulls included; for a dictionary, its entries.</summary>
    public int Values { get; private set; }

    public PageEncoding Encoding { get; private set; }

    /// <summary>Bytes of the definition levels of a page of version 2; they are not compressed.</summary>
    public int DefinitionBytes { get; private set; }

    /// <summary>Bytes of the repetition levels of a page of version 2; they are not compressed.</summary>
    public int RepetitionBytes { get; private set; }

    /// <summary>Whether the values of a page of version 2 are compressed.</summary>
    public bool IsCompressed { get; private set; } = true;

    /// <exception cref="EndOfStreamException">The header is longer than the bytes.</exception>
    /// <exception cref="InvalidDataException">The bytes are no header.</exception>
    public static PageHeader Read(ReadOnlySpan<byte> bytes, out int length)
    {
        ThriftReader reader = new(bytes);
        PageHeader header = new();
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            switch (id)
            {
                case 1:
                    header.Kind = (PageKind)reader.ReadInt32();
                    break;
                case 2:
                    header.Bytes = reader.ReadInt32();
                    break;
                case 3:
                    header.StoredBytes = reader.ReadInt32();
                    break;
                case 5 or 7 when type == ThriftReader.Structure:
                    header.ReadContent(ref reader, encodingField: 2);
                    break;
                case 8 when type == ThriftReader.Structure:
                    header.ReadContent(ref reader, encodingField: 4);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        length = reader.Position;
        long levels = (long)header.DefinitionBytes + header.RepetitionBytes;
        return header.Bytes < 0 || header.StoredBytes < 0 || header.Values < 0 || header.DefinitionBytes < 0
            || header.RepetitionBytes < 0 || levels > Math.Min(header.Bytes, header.StoredBytes)
            ? throw new InvalidDataException("sizes of a page are wrong")
            : header;
    }

    private void ReadContent(ref ThriftReader reader, int encodingField)
    {
        bool isSecondVersion = encodingField == 4;
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            if (id == 1)
            {
                Values = reader.ReadInt32();
            }
            else if (id == encodingField)
            {
                Encoding = (PageEncoding)reader.ReadInt32();
            }
            else if (isSecondVersion && id == 5)
            {
                DefinitionBytes = reader.ReadInt32();
            }
            else if (isSecondVersion && id == 6)
            {
                RepetitionBytes = reader.ReadInt32();
            }
            else if (isSecondVersion && id == 7)
            {
                IsCompressed = type == ThriftReader.True;
            }
            else
            {
                reader.Skip(type);
            }
        }
    }
}
