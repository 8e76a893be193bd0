namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A sparse matrix in compressed-sparse-row (CSR) format: row <c>r</c> owns the entries
/// <c>RowStarts[r] … RowStarts[r + 1] - 1</c>.
/// </summary>
/// <typeparam name="T">Type of the values.</typeparam>
public sealed class CsrMatrix<T>
    where T : struct
{
    private readonly Lazy<CsrMatrix<T>>? _later;
    private readonly int[]? _rowStarts;
    private readonly int[]? _columnIndices;
    private readonly T[]? _values;

    /// <summary>Wraps the three arrays without copying them.</summary>
    /// <param name="columns">Number of columns, 0 or more.</param>
    /// <param name="rowStarts">Rows + 1 offsets into the entries, ascending from 0.</param>
    /// <param name="columnIndices">Column of each entry.</param>
    /// <param name="values">Value of each entry.</param>
    /// <exception cref="ArgumentException">The lengths of the arrays contradict each other.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="columns"/> is negative.</exception>
    public CsrMatrix(int columns, int[] rowStarts, int[] columnIndices, T[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(rowStarts);
        ArgumentNullException.ThrowIfNull(columnIndices);
        ArgumentNullException.ThrowIfNull(values);
        if (rowStarts.Length == 0 || rowStarts[^1] != columnIndices.Length || values.Length != columnIndices.Length)
        {
            throw new ArgumentException(
                "The last row start, the number of column indices and the number of values must be equal.", nameof(rowStarts));
        }

        Rows = rowStarts.Length - 1;
        Columns = columns;
        _rowStarts = rowStarts;
        _columnIndices = columnIndices;
        _values = values;
    }

    /// <summary>Creates a matrix that reads its entries on first access.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="read">Returns a matrix of the same shape that holds the entries; called once.</param>
    internal CsrMatrix(int rows, int columns, Func<CsrMatrix<T>> read)
    {
        Rows = rows;
        Columns = columns;
        _later = new Lazy<CsrMatrix<T>>(read, LazyThreadSafetyMode.ExecutionAndPublication);
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Rows + 1 offsets into <see cref="ColumnIndices"/> and <see cref="Values"/>.</summary>
    public int[] RowStarts => _rowStarts ?? _later!.Value.RowStarts;

    /// <summary>Column of each entry.</summary>
    public int[] ColumnIndices => _columnIndices ?? _later!.Value.ColumnIndices;

    /// <summary>Value of each entry.</summary>
    public T[] Values => _values ?? _later!.Value.Values;

    /// <summary>Returns the columns of the entries of one row.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <returns>A view of the columns.</returns>
    public ReadOnlySpan<int> RowColumns(int row) => ColumnIndices.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);

    /// <summary>Returns the values of the entries of one row.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <returns>A view of the values.</returns>
    public ReadOnlySpan<T> RowValues(int row) => Values.AsSpan(RowStarts[row], RowStarts[row + 1] - RowStarts[row]);
}
