using System.Runtime.InteropServices;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Rows of single-precision numbers in a scratch file, written one by one and read as a matrix whose memory is not private. Different rows
/// may be written by different threads.
/// </summary>
public sealed class ScratchRows : IDisposable
{
    private readonly IScratchFile _file;
    private readonly int _rows;
    private readonly int _columns;

    /// <summary>Creates rows of zeros.</summary>
    /// <param name="storage">Storage of the file.</param>
    /// <param name="folder">Folder whose disk holds the file.</param>
    /// <param name="rows">Number of rows, 1 or more.</param>
    /// <param name="columns">Number of columns, 1 or more.</param>
    /// <exception cref="IOException">The disk has no room for the rows, or failed.</exception>
    /// <exception cref="OverflowException">More than 2³¹ − 1 values.</exception>
    public ScratchRows(IFileStorage storage, string folder, int rows, int columns)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        _rows = rows;
        _columns = columns;
        _file = storage.CreateScratch(folder, (long)checked(rows * columns) * sizeof(float));
    }

    /// <summary>Writes consecutive rows.</summary>
    /// <param name="first">Number of the first row.</param>
    /// <param name="values">Values of whole rows, row-major.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Write(int first, ReadOnlySpan<float> values)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        if (values.Length % _columns != 0)
        {
            throw new ArgumentException($"{values.Length} values are not whole rows of {_columns}.", nameof(values));
        }

        _file.Write(MemoryMarshal.AsBytes(values), (long)first * _columns * sizeof(float));
    }

    /// <summary>Returns the first rows as a matrix, which must not be written to and is valid until disposal.</summary>
    /// <param name="count">Number of rows.</param>
    public Matrix First(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, _rows);
        return new Matrix(count, _columns, NativeValues<float>.Of(_file.Address, count * _columns));
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();
}
