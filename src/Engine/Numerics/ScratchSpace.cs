using System.Buffers;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Space for vectors that a fit derives from given ones: in scratch files, which are not private memory, or in the garbage-collected heap.
/// Disposal ends the files; afterward nothing may read the matrices. Thread-safe.
/// </summary>
public sealed class ScratchSpace : IDisposable
{
    private const int BlockValues = 1 << 16;

    private readonly Lock _gate = new();
    private readonly List<ScratchRows> _files = [];
    private readonly IFileStorage? _storage;
    private readonly string _folder = string.Empty;

    /// <summary>Creates a space in scratch files.</summary>
    /// <param name="storage">Storage of the files.</param>
    /// <param name="folder">Folder whose disk holds them.</param>
    public ScratchSpace(IFileStorage storage, string folder)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(folder);
        _storage = storage;
        _folder = folder;
    }

    private ScratchSpace()
    {
    }

    /// <summary>The garbage-collected heap.</summary>
    public static ScratchSpace Heap { get; } = new();

    /// <summary>Fewest values of a matrix in a file; smaller ones are in the heap.</summary>
    internal int FewestValues { get; init; } = 1 << 18;

    /// <summary>Number of files.</summary>
    internal int FileCount
    {
        get
        {
            lock (_gate)
            {
                return _files.Count;
            }
        }
    }

    /// <summary>Creates rows in a scratch file, to be written by the caller.</summary>
    /// <param name="rows">Number of rows, 1 or more.</param>
    /// <param name="columns">Number of columns, 1 or more.</param>
    /// <exception cref="IOException">The disk has no room for the rows, or failed.</exception>
    /// <exception cref="InvalidOperationException">The space is the garbage-collected heap.</exception>
    public ScratchRows Reserve(int rows, int columns)
    {
        if (_storage is null)
        {
            throw new InvalidOperationException("The garbage-collected heap holds no scratch file.");
        }

        ScratchRows file = new(_storage, _folder, rows, columns);
        lock (_gate)
        {
            _files.Add(file);
        }

        return file;
    }

    /// <summary>Creates a matrix.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="columns">Number of columns.</param>
    /// <param name="fill">Receives each row number, ascending, with the zeros to replace by the values of the row.</param>
    /// <returns>The matrix, which must not be written to.</returns>
    /// <exception cref="IOException">The disk has no room for the matrix, or failed.</exception>
    internal Matrix Create(int rows, int columns, Action<int, Span<float>> fill)
    {
        if (_storage is null || (long)rows * columns < FewestValues)
        {
            Matrix matrix = new(rows, columns);
            for (int row = 0; row < rows; row++)
            {
                fill(row, matrix.Row(row));
            }

            return matrix;
        }

        ScratchRows file = Reserve(rows, columns);
        Write(file, rows, columns, fill);
        return file.First(rows);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _files.ForEach(static file => file.Dispose());
            _files.Clear();
        }
    }

    private static void Write(ScratchRows file, int rows, int columns, Action<int, Span<float>> fill)
    {
        int blockRows = Math.Clamp(BlockValues / columns, 1, rows);
        float[] block = ArrayPool<float>.Shared.Rent(blockRows * columns);
        try
        {
            for (int first = 0; first < rows; first += blockRows)
            {
                Span<float> values = block.AsSpan(0, Math.Min(blockRows, rows - first) * columns);
                values.Clear();
                for (int start = 0; start < values.Length; start += columns)
                {
                    fill(first + (start / columns), values.Slice(start, columns));
                }

                file.Write(first, values);
            }
        }
        finally
        {
            ArrayPool<float>.Shared.Return(block);
        }
    }
}
