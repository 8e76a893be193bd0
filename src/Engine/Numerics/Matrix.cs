namespace TopicGrpc.Engine.Numerics;

/// <summary>A dense row-major matrix of single-precision numbers, in an array or in a read-only memory-mapped file.</summary>
public sealed class Matrix
{
    private readonly Memory<float> _mapped;
    private float[]? _values;

    /// <summary>Creates a matrix of zeros.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="columns">Number of columns, 0 or more.</param>
    public Matrix(int rows, int columns)
        : this(rows, columns, new float[checked(rows * columns)])
    {
    }

    /// <summary>Wraps an array without copying it.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="columns">Number of columns, 0 or more.</param>
    /// <param name="values"><paramref name="rows"/> × <paramref name="columns"/> values, row-major.</param>
    /// <exception cref="ArgumentException">The length of the array is not rows × columns.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number of rows or columns is negative.</exception>
    public Matrix(int rows, int columns, float[] values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(values);
        if (values.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} × {columns} values expected, {values.Length} given.", nameof(values));
        }

        Rows = rows;
        Columns = columns;
        _values = values;
    }

    /// <summary>Wraps mapped memory, which must outlive the matrix and must not be written to.</summary>
    internal Matrix(int rows, int columns, Memory<float> mapped)
    {
        if (mapped.Length != (long)rows * columns)
        {
            throw new ArgumentException($"{rows} × {columns} values expected, {mapped.Length} given.", nameof(mapped));
        }

        Rows = rows;
        Columns = columns;
        _mapped = mapped;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All values, row-major. Returns the wrapped array; for a mapped matrix, a copy that is created on first access.</summary>
    public float[] Values => _values ?? Interlocked.CompareExchange(ref _values, _mapped.ToArray(), null) ?? _values;

    /// <summary>View of all values, row-major; does not copy a mapped file.</summary>
    public Span<float> Span => _values is null ? _mapped.Span : _values;

    /// <summary>Returns one row.</summary>
    /// <param name="row">Row number, from 0.</param>
    /// <returns>A view of the row; writes change the matrix. Never write to a mapped matrix.</returns>
    public Span<float> Row(int row) =>
        _values is null ? _mapped.Span.Slice(row * Columns, Columns) : _values.AsSpan(row * Columns, Columns);

    /// <summary>Copies some rows.</summary>
    /// <param name="rows">Row numbers, in any order and with repetitions.</param>
    /// <returns>A new matrix with the rows in the given order.</returns>
    internal Matrix Take(ReadOnlySpan<int> rows)
    {
        Matrix taken = new(rows.Length, Columns);
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(taken.Row(i));
        }

        return taken;
    }
}
