using Apache.Arrow;
using Apache.Arrow.Ipc;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Writing;

/// <summary>Writes an Arrow IPC file without compression. A record batch has at most 16 MiB or 16,384 rows.</summary>
internal sealed class ArrowTableWriter : ITableWriter
{
    private const long BatchBytes = 16L << 20;
    private const int BatchRows = 1 << 14;

    private readonly ArrowOutput[] _columns;
    private readonly Schema _schema;
    private readonly ArrowFileWriter _writer;
    private long _bytes;
    private int _rows;
    private bool _isStarted;

    public ArrowTableWriter(Stream target, IReadOnlyList<OutputColumn> columns)
    {
        _columns = [.. columns.Select(static column => new ArrowOutput(column))];
        _schema = new Schema(_columns.Select(static column => column.Field), metadata: null);
        _writer = new ArrowFileWriter(target, _schema, leaveOpen: true);
    }

    public async ValueTask WriteAsync(TableValue[] row, CancellationToken cancellationToken)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            _bytes += _columns[i].Add(row[i]);
        }

        _rows++;
        if (_bytes >= BatchBytes || _rows == BatchRows)
        {
            await FlushAsync(cancellationToken);
        }
    }

    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_rows > 0 || !_isStarted)
        {
            await FlushAsync(cancellationToken);
        }

        await _writer.WriteEndAsync(cancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _writer.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        using RecordBatch batch = new(_schema, _columns.Select(static column => column.Take()), _rows);
        await _writer.WriteRecordBatchAsync(batch, cancellationToken);
        _isStarted = true;
        _bytes = 0;
        _rows = 0;
    }
}
