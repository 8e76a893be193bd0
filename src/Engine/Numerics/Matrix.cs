namespace TopicGrpc.Engine.Numerics;

/// <summary>A dense matrix of single-precision numbers, rows one after another in one array.</summary>
public sealed class Matrix
{
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
        Values = values;
    }

    /// <summary>Number of rows.</summary>
    public int Rows { get; }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>All values, row after row. The array itself, not a copy.</summary>
    public float[] Values { get; }

    /// <summary>One row.</summary>
    /// <param name="row">Row number from 0.</param>
    /// <returns>A view of the row; writing to it changes the matrix.</returns>
    public Span<float> Row(int row) => Values.AsSpan(row * Columns, Columns);
}
