using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Cli.Exports;

/// <summary>A table that an export writes: columns by name, each with what reads its value from an item.</summary>
internal sealed class ExportTable<T>
{
    private readonly List<OutputColumn> _columns = [];
    private readonly List<Func<T, TableValue>> _values = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Names of the columns.</summary>
    public IEnumerable<string> Columns => _columns.Select(static column => column.Name);

    /// <summary>Returns whether a column has a name.</summary>
    public bool Contains(string name) => _names.Contains(name);

    /// <summary>Adds a column.</summary>
    /// <exception cref="ArgumentException">A column has the name.</exception>
    public ExportTable<T> Add(string name, ColumnKind kind, Func<T, TableValue> value)
    {
        if (!_names.Add(name))
        {
            throw new ArgumentException($"Two columns are named '{name}'.", nameof(name));
        }

        _columns.Add(new OutputColumn(name, kind));
        _values.Add(value);
        return this;
    }

    /// <summary>Writes a file; it appears when it is complete.</summary>
    /// <param name="items">The items, one per row.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="replace">Whether an existing file is replaced.</param>
    /// <param name="written">Receives the number of rows now and then, and at the end.</param>
    /// <param name="cancellationToken">Stops the export and deletes the partial file.</param>
    /// <returns>Number of rows.</returns>
    public async Task<long> WriteAsync(
        IAsyncEnumerable<T> items, string path, bool replace, Action<long> written, CancellationToken cancellationToken)
    {
        const int ReportedRows = 4096;
        OutputFormat format = OutputFormats.Of(path);
        await using var file = OutputFile.Create(path, replace);
        long rows = 0;
        await using (ITableWriter writer = TableWriters.Create(format, file.Stream, _columns))
        {
            var row = new TableValue[_columns.Count];
            await foreach (T item in items.WithCancellation(cancellationToken))
            {
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = _values[i](item);
                }

                await writer.WriteAsync(row, cancellationToken);
                if (++rows % ReportedRows == 0)
                {
                    written(rows);
                }
            }

            await writer.CompleteAsync(cancellationToken);
        }

        await file.PublishAsync(cancellationToken);
        written(rows);
        return rows;
    }
}
