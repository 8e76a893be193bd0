using System.Runtime.CompilerServices;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>
/// A Parquet file (https://parquet.apache.org/docs/file-format), read page by page: memory is bounded by one page and one dictionary for
/// each column that is read, not by the row group. Writers such as pandas put a million rows into one row group.
/// </summary>
internal sealed class ParquetTable : ITable
{
    private readonly Stream _file;
    private readonly FileDescription _description;
    private readonly ParquetSchema _schema;
    private readonly TableLimits _limits;

    private ParquetTable(Stream file, FileDescription description, TableLimits limits)
    {
        _file = file;
        _description = description;
        _limits = limits;
        _schema = ParquetSchema.Of(description.Schema, limits);
    }

    public IReadOnlyList<TableColumn> Columns => _schema.Columns;

    /// <summary>Reads the description of a file.</summary>
    /// <param name="file">The file; seekable. Closed with the table, and on failure.</param>
    /// <param name="limits">Bounds of the memory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="TableException">The file is no Parquet file, is damaged, cut off or encrypted, or exceeds a limit.</exception>
    public static async Task<ParquetTable> OpenAsync(Stream file, TableLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            return new ParquetTable(file, await FileDescription.ReadAsync(file, limits, cancellationToken), limits);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    public async IAsyncEnumerable<TableValue[]> ReadAsync(
        IReadOnlyList<int> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BufferBudget budget = new(_limits.BufferBytes);
        ColumnCursor[] cursors = [.. columns.Select(index => new ColumnCursor(_file, _schema.Readable[index]!, _limits, budget))];
        var values = new TableValue[columns.Count];
        long row = 0;
        foreach (RowGroup group in _description.Groups)
        {
            if (group.Columns.Count != _schema.Leaves || group.Rows < 0)
            {
                throw new TableException("damaged Parquet file: a row group has other columns than the schema");
            }

            for (int i = 0; i < cursors.Length; i++)
            {
                cursors[i].Open(group.Columns[_schema.Readable[columns[i]]!.Leaf]);
            }

            for (long inGroup = 0; inGroup < group.Rows; inGroup++)
            {
                row++;
                for (int i = 0; i < cursors.Length; i++)
                {
                    ValueTask<TableValue> next = NextAsync(cursors[i], columns[i], row, cancellationToken);
                    values[i] = next.IsCompletedSuccessfully ? next.Result : await next;
                }

                yield return values;
            }
        }
    }

    public void Dispose() => _file.Dispose();

    private async ValueTask<TableValue> NextAsync(ColumnCursor cursor, int column, long row, CancellationToken cancellationToken)
    {
        try
        {
            return await cursor.NextAsync(cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw TableException.InRow(row, Columns[column].Name, e.Message);
        }
        catch (NotSupportedException)
        {
            throw TableException.InColumn(
                Columns[column].Name,
                "its compression or encoding is not supported; supported are none, snappy, gzip, brotli, lz4 and zstd with the encodings "
                + "of Parquet 2");
        }
        catch (Exception e) when (e is EndOfStreamException or ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw TableException.InRow(row, Columns[column].Name, "damaged Parquet file");
        }
    }
}
