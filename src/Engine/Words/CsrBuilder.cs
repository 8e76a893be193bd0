using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Row-by-row builder of a <see cref="CsrMatrix{T}"/>.</summary>
internal sealed class CsrBuilder<T>(int columns, int expectedRows)
    where T : struct
{
    private readonly List<int> _starts = new(expectedRows + 1) { 0 };
    private readonly List<int> _columns = [];
    private readonly List<T> _values = [];

    /// <summary>Joins rows.</summary>
    public static CsrMatrix<T> Of(int columns, IReadOnlyList<(int[] Columns, T[] Values)> rows)
    {
        int[] starts = new int[rows.Count + 1];
        for (int row = 0; row < rows.Count; row++)
        {
            starts[row + 1] = starts[row] + rows[row].Columns.Length;
        }

        int[] allColumns = new int[starts[^1]];
        var values = new T[starts[^1]];
        for (int row = 0; row < rows.Count; row++)
        {
            rows[row].Columns.CopyTo(allColumns, starts[row]);
            rows[row].Values.CopyTo(values, starts[row]);
        }

        return new CsrMatrix<T>(columns, starts, allColumns, values);
    }

    public void AddRow(ReadOnlySpan<int> rowColumns, ReadOnlySpan<T> rowValues)
    {
        _columns.AddRange(rowColumns);
        _values.AddRange(rowValues);
        _starts.Add(_columns.Count);
    }

    public CsrMatrix<T> Build() => new(columns, [.. _starts], [.. _columns], [.. _values]);
}
