using System.Buffers.Binary;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>The description at the end of a Parquet file: schema and row groups.</summary>
internal sealed class FileDescription
{
    private const int TailBytes = 8;
    private const string Damaged = "damaged Parquet file: its description at the end of the file cannot be read";

    private readonly List<SchemaElement> _schema = [];
    private readonly List<RowGroup> _groups = [];
    private bool _isEncrypted;

    private static ReadOnlySpan<byte> Mark => "PAR1"u8;

    private static ReadOnlySpan<byte> EncryptedMark => "PARE"u8;

    /// <summary>Nodes of the schema, the root first.</summary>
    public IReadOnlyList<SchemaElement> Schema => _schema;

    public IReadOnlyList<RowGroup> Groups => _groups;

    /// <summary>Returns whether bytes start like a Parquet file.</summary>
    public static bool IsParquet(ReadOnlySpan<byte> head) => head.StartsWith(Mark) || head.StartsWith(EncryptedMark);

    /// <summary>Reads the description.</summary>
    /// <param name="file">The file; seekable.</param>
    /// <param name="limits">Bounds of the description.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="TableException">The file is no Parquet file, is damaged, cut off or encrypted.</exception>
    public static async Task<FileDescription> ReadAsync(Stream file, TableLimits limits, CancellationToken cancellationToken)
    {
        byte[] tail = new byte[TailBytes];
        if (file.Length < Mark.Length + TailBytes)
        {
            throw new TableException("not a Parquet file: it is too short");
        }

        file.Position = 0;
        await file.ReadExactlyAsync(tail.AsMemory(0, Mark.Length), cancellationToken);
        RequireMark(tail.AsSpan(0, Mark.Length), "not a Parquet file: it does not start with PAR1");
        file.Position = file.Length - TailBytes;
        await file.ReadExactlyAsync(tail, cancellationToken);
        RequireMark(tail.AsSpan(4), "Parquet file that is cut off: it does not end with PAR1");
        long length = BinaryPrimitives.ReadUInt32LittleEndian(tail);
        if (length > file.Length - TailBytes - Mark.Length)
        {
            throw new TableException(Damaged);
        }

        if (length > limits.MetadataBytes)
        {
            throw new TableException(FormattableString.Invariant(
                $"the description of the file has {length:N0} bytes; at most {limits.MetadataBytes:N0} are allowed"));
        }

        byte[] bytes = new byte[length];
        file.Position = file.Length - TailBytes - length;
        await file.ReadExactlyAsync(bytes, cancellationToken);
        return Parse(bytes);
    }

    private static void RequireMark(ReadOnlySpan<byte> found, string fault)
    {
        if (found.SequenceEqual(EncryptedMark))
        {
            throw new TableException("encrypted Parquet file: write it without encryption");
        }

        if (!found.SequenceEqual(Mark))
        {
            throw new TableException(fault);
        }
    }

    private static FileDescription Parse(byte[] bytes)
    {
        FileDescription file = new();
        try
        {
            ThriftReader reader = new(bytes);
            file.Read(ref reader);
        }
        catch (Exception e) when (e is EndOfStreamException or InvalidDataException)
        {
            throw new TableException(Damaged, e);
        }

        return file._isEncrypted
            ? throw new TableException("encrypted Parquet file: write it without encryption")
            : file;
    }

    private void Read(ref ThriftReader reader)
    {
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            switch (id)
            {
                case 2:
                    int nodes = reader.ReadListHeader(out _);
                    for (int i = 0; i < nodes; i++)
                    {
                        _schema.Add(SchemaElement.Read(ref reader));
                    }

                    break;
                case 4:
                    int groups = reader.ReadListHeader(out _);
                    for (int i = 0; i < groups; i++)
                    {
                        _groups.Add(RowGroup.Read(ref reader));
                    }

                    break;
                case 8:
                    _isEncrypted = true;
                    reader.Skip(type);
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }
    }
}
