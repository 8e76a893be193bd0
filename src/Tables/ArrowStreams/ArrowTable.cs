using System.Runtime.CompilerServices;
using Apache.Arrow;
using Apache.Arrow.Compression;
using Apache.Arrow.Ipc;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>
/// Arrow IPC data, as a stream or as a file
/// (https://arrow.apache.org/docs/format/Columnar.html#serialization-and-interprocess-communication-ipc),
/// read batch by batch. Memory is bounded by one record batch and the dictionaries. The data are read forward once, so a pipe works too.
/// </summary>
internal sealed class ArrowTable : ITable
{
    private readonly ArrowStreamReader _reader;
    private readonly TableLimits _limits;

    private ArrowTable(ArrowStreamReader reader, Schema schema, TableLimits limits)
    {
        _reader = reader;
        _limits = limits;
        Columns = [.. schema.FieldsList.Select(static field =>
            new TableColumn(field.Name, ArrowTypes.KindOf(field.DataType), ArrowTypes.NameOf(field.DataType)))];
    }

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Reads the schema.</summary>
    /// <param name="data">The data. Closed with the table, and on failure.</param>
    /// <param name="limits">Bounds of the memory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="TableException">The data are no Arrow IPC data, are damaged or cut off, or exceed a limit.</exception>
    public static async Task<ArrowTable> OpenAsync(Stream data, TableLimits limits, CancellationToken cancellationToken)
    {
        BufferBudget budget = new(Math.Min(limits.BufferBytes, int.MaxValue));
        ArrowStreamReader reader = new(
            new MessageStream(data, limits), new BoundedAllocator(budget), new CompressionCodecFactory(), leaveOpen: false);
        try
        {
            Schema schema = await GuardAsync(() => reader.GetSchema(cancellationToken)) ?? throw Damaged(null);
            if (schema.FieldsList.Count > limits.Columns)
            {
                throw new TableException(FormattableString.Invariant(
                    $"the table has {schema.FieldsList.Count:N0} columns; at most {limits.Columns:N0} are allowed"));
            }

            return new ArrowTable(reader, schema, limits);
        }
        catch
        {
            reader.Dispose();
            await data.DisposeAsync();
            throw;
        }
    }

    public async IAsyncEnumerable<TableValue[]> ReadAsync(
        IReadOnlyList<int> columns, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long row = 0;
        var values = new TableValue[columns.Count];
        while (await GuardAsync(() => _reader.ReadNextRecordBatchAsync(cancellationToken)) is { } batch)
        {
            using (batch)
            {
                Func<int, TableValue>[] readers = Guard(() => Readers(batch, columns));
                for (int at = 0; at < batch.Length; at++)
                {
                    row++;
                    for (int i = 0; i < readers.Length; i++)
                    {
                        values[i] = Value(readers[i], at, row, columns[i]);
                    }

                    yield return values;
                }
            }
        }
    }

    public void Dispose() => _reader.Dispose();

    private static TableException Damaged(Exception? cause) =>
        cause is null ? new TableException("damaged Arrow data") : new TableException("damaged Arrow data", cause);

    // The reader trusts its messages, and throws exceptions of any type for wrong ones: they are faults of the data.
    private static bool IsDamage(Exception exception) => exception is EndOfStreamException
        or not (TableException or OperationCanceledException or IOException or ObjectDisposedException or OutOfMemoryException);

    private static async ValueTask<T> GuardAsync<T>(Func<ValueTask<T>> read)
    {
        try
        {
            return await read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(e);
        }
    }

    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw Damaged(e);
        }
    }

    private Func<int, TableValue>[] Readers(RecordBatch batch, IReadOnlyList<int> columns) =>
        [.. columns.Select(index => batch.Column(index).Length == batch.Length
            ? ArrowValues.Of(batch.Column(index), _limits)
            : throw new InvalidDataException("a column has another length than its batch"))];

    private TableValue Value(Func<int, TableValue> reader, int at, long row, int column)
    {
        try
        {
            return reader(at);
        }
        catch (InvalidDataException e)
        {
            throw TableException.InRow(row, Columns[column].Name, e.Message);
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw TableException.InRow(row, Columns[column].Name, "damaged Arrow data");
        }
    }
}
