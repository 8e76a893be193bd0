namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>A range of rows of a Parquet file.</summary>
internal sealed class RowGroup
{
    private readonly List<ColumnChunk> _columns = [];

    /// <summary>The columns, in the order of the leaves of the schema.</summary>
    public IReadOnlyList<ColumnChunk> Columns => _columns;

    public long Rows { get; private set; }

    public static RowGroup Read(ref ThriftReader reader)
    {
        RowGroup group = new();
        int id = 0;
        while (reader.NextField(ref id, out byte type))
        {
            switch (id)
            {
                case 1:
                    int count = reader.ReadListHeader(out _);
                    for (int i = 0; i < count; i++)
                    {
                        group._columns.Add(ColumnChunk.Read(ref reader));
                    }

                    break;
                case 3:
                    group.Rows = reader.ReadInt64();
                    break;
                default:
                    reader.Skip(type);
                    break;
            }
        }

        return group;
    }
}
