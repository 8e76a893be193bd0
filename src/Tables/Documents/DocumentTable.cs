using System.Globalization;
using System.Runtime.CompilerServices;
using TopicGrpc.Tables.ArrowStreams;
using TopicGrpc.Tables.ParquetFiles;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Documents;

/// <summary>The documents of a table, one per row, in the order of the rows.</summary>
internal sealed class DocumentTable : IDisposable
{
    private readonly ITable _table;
    private readonly DocumentColumnNames _names;
    private readonly DocumentColumns _columns;

    private DocumentTable(ITable table, DocumentColumnNames names)
    {
        _table = table;
        _names = names;
        _columns = DocumentColumns.Find(table.Columns, names);
    }

    /// <summary>Columns that are left out because no attribute can hold their values, with the reason.</summary>
    public IEnumerable<string> Omitted => _columns.Omitted();

    /// <summary>Opens a table and finds the columns.</summary>
    /// <param name="data">The data; seekable for Parquet. Closed with the table, and on failure.</param>
    /// <param name="format">Format of the data.</param>
    /// <param name="names">The columns.</param>
    /// <param name="limits">Bounds of the memory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="TableException">The data cannot be read, or a column is missing or of a wrong type.</exception>
    public static async Task<DocumentTable> OpenAsync(
        Stream data, TableFormat format, DocumentColumnNames names, TableLimits limits, CancellationToken cancellationToken)
    {
        ITable table = format == TableFormat.Parquet
            ? await ParquetTable.OpenAsync(data, limits, cancellationToken)
            : await ArrowTable.OpenAsync(data, limits, cancellationToken);
        try
        {
            return new DocumentTable(table, names);
        }
        catch
        {
            table.Dispose();
            throw;
        }
    }

    /// <summary>Reads the documents; once.</summary>
    /// <exception cref="TableException">The data are damaged or cut off, or a row has no text, or a value that is not valid.</exception>
    public async IAsyncEnumerable<TableDocument> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        List<int> read = [_columns.Text];
        int id = Add(read, _columns.Id);
        int time = Add(read, _columns.Time);
        int embedding = read.Count;
        read.AddRange(_columns.Embedding);
        int attributes = read.Count;
        read.AddRange(_columns.Attributes);
        long row = 0;
        await foreach (TableValue[] values in _table.ReadAsync(read, cancellationToken))
        {
            row++;
            yield return new TableDocument(
                row,
                id < 0 ? row.ToString(CultureInfo.InvariantCulture) : Id(row, values[id]),
                Text(row, values[0]),
                time < 0 ? null : Time(row, values[time]),
                Attributes(values.AsSpan(attributes)),
                _columns.Embedding.Count == 0 ? null : Embedding(row, values.AsSpan(embedding, _columns.Embedding.Count)));
        }
    }

    public void Dispose() => _table.Dispose();

    private static int Add(List<int> read, int column)
    {
        if (column < 0)
        {
            return -1;
        }

        read.Add(column);
        return read.Count - 1;
    }

    private string Name(int column) => _table.Columns[column].Name;

    private string Text(long row, TableValue value) => value.IsNull
        ? throw TableException.InRow(row, Name(_columns.Text), "null; the text must be there, and may be empty")
        : value.AsText;

    // A key that is missing after a join is null or empty: without a chosen column the document then has no id.
    private string Id(long row, TableValue value)
    {
        string? id = value.ToAttribute();
        if (!string.IsNullOrEmpty(id))
        {
            return id;
        }

        return _names.Id is null
            ? row.ToString(CultureInfo.InvariantCulture)
            : throw TableException.InRow(row, Name(_columns.Id), "null or empty; an id is needed");
    }

    private DateTimeOffset? Time(long row, TableValue value)
    {
        if (value.Kind == ColumnKind.Time)
        {
            return value.AsTime;
        }

        string? written = value.ToAttribute();
        if (string.IsNullOrWhiteSpace(written))
        {
            return null;
        }

        return DocumentTime.TryParse(written, out DateTimeOffset time)
            ? time
            : throw TableException.InRow(row, Name(_columns.Time), $"{DocumentTime.Expected}, found \"{Shown(written)}\"");
    }

    private static string Shown(string value)
    {
        const int Longest = 64;
        return value.Length <= Longest ? value : value[..Longest] + "…";
    }

    private Dictionary<string, string> Attributes(ReadOnlySpan<TableValue> values)
    {
        Dictionary<string, string> attributes = new(values.Length, StringComparer.Ordinal);
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i].ToAttribute() is { } value)
            {
                attributes[Name(_columns.Attributes[i])] = value;
            }
        }

        return attributes;
    }

    private float[] Embedding(long row, ReadOnlySpan<TableValue> values)
    {
        float[] vector = _columns.IsList ? List(row, values[0]) : Numbers(row, values);
        int wrong = Array.FindIndex(vector, static number => !float.IsFinite(number));
        return wrong < 0
            ? vector
            : throw TableException.InRow(
                row,
                Name(_columns.Embedding[_columns.IsList ? 0 : wrong]),
                FormattableString.Invariant($"number {wrong + 1} of the embedding is {vector[wrong]}; finite numbers are expected"));
    }

    private float[] List(long row, TableValue value) => value.IsNull
        ? throw TableException.InRow(row, Name(_columns.Embedding[0]), "null; every document needs an embedding, or none may have one")
        : value.AsVector;

    private float[] Numbers(long row, ReadOnlySpan<TableValue> values)
    {
        float[] vector = new float[values.Length];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = values[i].Kind switch
            {
                ColumnKind.Number => (float)values[i].AsNumber,
                ColumnKind.Integer => values[i].AsInteger,
                _ => throw TableException.InRow(row, Name(_columns.Embedding[i]), "null; every number of an embedding must be there"),
            };
        }

        return vector;
    }
}
