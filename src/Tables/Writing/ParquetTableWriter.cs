using Parquet;
using Parquet.Schema;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>
/// Writes a Parquet file, compressed by zstd. A row group has at most 64 MiB or 131,072 rows, which also bounds the memory.
/// </summary>
internal sealed class ParquetTableWriter : ITableWriter
{
    private const long GroupBytes = 64L << 20;
    private const int GroupRows = 1 << 17;

    private readonly ParquetOutput[] _columns;
    private readonly Func<CancellationToken, Task<ParquetWriter>> _open;
    private ParquetWriter? _writer;
    private long _bytes;
    private int _rows;

    public ParquetTableWriter(Stream target, IReadOnlyList<OutputColumn> columns)
    {
        _columns = [.. columns.Select(ParquetOutput.Create)];
        _open = cancellationToken => ParquetWriter.CreateAsync(
            new ParquetSchema(_columns.Select(static column => column.Described)),
            target,
            new ParquetOptions { CompressionMethod = CompressionMethod.Zstd },
            append: false,
            cancellationToken);
    }

    public async ValueTask WriteAsync(TableValue[] row, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _bytes += _columns[i].Add(row[i]);
        }

        _rows++;
        if (_bytes >= GroupBytes || _rows == GroupRows)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows > 0 || _writer is null)
        {
            await FlushAsync(cancellationToken);
        }

        await _writer!.DisposeAsync();
        _writer = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_writer is not null)
        {
            await _writer.DisposeAsync();
        }
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        _writer ??= await _open(cancellationToken);
        using ParquetRowGroupWriter group = _writer.CreateRowGroup();
        foreach (ParquetOutput column in _columns)
        {
            await column.FlushAsync(group, cancellationToken);
        }

        group.CompleteValidate();
        _bytes = 0;
        _rows = 0;
    }
}
