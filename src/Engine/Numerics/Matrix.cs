namespace TopicGrpc.Engine.Numerics;

/// <summary>A dense matrix of single-precision numbers, rows one after another: in an array, or in a file that is mapped into memory and is only read.</summary>
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

    /// <summary>Wraps an array; the array is not copied.</summary>
    /// <param name="rows">Number of rows, 0 or more.</param>
    /// <param name="columns">Number of columns, 0 or more.</param>
    /// <param name="values"><paramref name="rows"/> × <paramref name="columns"/> values, row after row.</param>
    /// <exception cref="ArgumentException">The array has another length.</exception>
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

    /// <summary>Puts a matrix over memory that outlives it and that nobody writes to.</summary>
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

    /// <summary>All values, row after row. The array itself, not a copy; of a matrix in a mapped file a copy, made when it is first asked for.</summary>
    public float[] Values => _values ?? Interlocked.CompareExchange(ref _values, _mapped.ToArray(), null) ?? _values;

    /// <summary>All values, row after row: a view, also of a mapped file.</summary>
    public Span<float> Span => _values is null ? _mapped.Span : _values;

    /// <summary>One row.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <returns>A view of the row; writing to it changes the matrix.</returns>
    public Span<float> Row(int row) => _values is null ? _mapped.Span.Slice(row * Columns, Columns) : _values.AsSpan(row * Columns, Columns);
}
