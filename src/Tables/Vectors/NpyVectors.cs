using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Vectors;

/// <summary>
/// A matrix in NumPy's format (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html), read row by row: one row per
/// document.
/// </summary>
internal sealed partial class NpyVectors : IDisposable
{
    private const int MaxHeaderBytes = 1 << 16;

    private readonly Stream _file;
    private readonly string _type;
    private readonly byte[] _row;

    private NpyVectors(Stream file, string type, long rows, int dimension)
    {
        _file = file;
        _type = type;
        Rows = rows;
        Dimension = dimension;
        _row = new byte[dimension * ElementBytes(type)];
    }

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Number of vectors.</summary>
    public long Rows { get; }

    /// <summary>Numbers of each vector.</summary>
    public int Dimension { get; }

    /// <summary>Reads the header of a file.</summary>
    /// <param name="file">The file, seekable. Closed with the result, and on failure.</param>
    /// <param name="limits">Bounds of the memory.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="TableException">The file is no matrix of floating-point numbers in C order, or is cut off.</exception>
    public static async Task<NpyVectors> OpenAsync(Stream file, TableLimits limits, CancellationToken cancellationToken)
    {
        try
        {
            string header = await ReadHeaderAsync(file, cancellationToken);
            string type = TypeOf(header);
            if (!Regex.IsMatch(header, @"'fortran_order'\s*:\s*False", RegexOptions.CultureInvariant))
            {
                throw new TableException("the matrix is in Fortran order; save `numpy.ascontiguousarray(matrix)`");
            }

            (long rows, int dimension) = ShapeOf(header, limits);
            Int128 expected = (Int128)rows * dimension * ElementBytes(type);
            long found = file.Length - file.Position;
            if (found != expected)
            {
                throw new TableException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{rows:N0} vectors of {dimension:N0} numbers have {expected:N0} bytes, but {found:N0} follow the header: the file is "
                    + $"{(found < expected ? "cut off" : "damaged")}"));
            }

            return new NpyVectors(file, type, rows, dimension);
        }
        catch
        {
            await file.DisposeAsync();
            throw;
        }
    }

    /// <summary>Reads the next vector. Call it at most <see cref="Rows"/> times.</summary>
    /// <exception cref="TableException">The file was cut off since it was opened.</exception>
    public async ValueTask<float[]> ReadAsync(CancellationToken cancellationToken)
    {
        if (await _file.ReadAtLeastAsync(_row, _row.Length, throwOnEndOfStream: false, cancellationToken) < _row.Length)
        {
            throw new TableException("the file is cut off");
        }

        return Convert();
    }

    public void Dispose() => _file.Dispose();

    private static int ElementBytes(string type) => type[2] - '0';

    private static async Task<string> ReadHeaderAsync(Stream file, CancellationToken cancellationToken)
    {
        byte[] start = new byte[12];
        int read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellationToken);
        if (read < start.Length || !start.AsSpan(0, Magic.Length).SequenceEqual(Magic))
        {
            throw new TableException("not a .npy file");
        }

        bool isFirstVersion = start[Magic.Length] == 1;
        uint length = isFirstVersion
            ? BinaryPrimitives.ReadUInt16LittleEndian(start.AsSpan(8))
            : BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8));
        if (start[Magic.Length] is 0 or > 3 || length > MaxHeaderBytes)
        {
            throw new TableException("the header of the .npy file is damaged, or of an unknown version");
        }

        byte[] header = new byte[length];
        file.Position = isFirstVersion ? 10 : 12;
        read = await file.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
        return read < header.Length ? throw new TableException("the file is cut off in its header") : Encoding.UTF8.GetString(header);
    }

    private static string TypeOf(string header)
    {
        Match match = DataType().Match(header);
        string type = match.Success ? match.Groups[1].Value : "a structured type";
        return type is "<f2" or "<f4" or "<f8"
            ? type
            : throw new TableException($"the type of its numbers is {type}; float16, float32 and float64, little-endian, are supported");
    }

    private static (long Rows, int Dimension) ShapeOf(string header, TableLimits limits)
    {
        Match match = Shape().Match(header);
        string[] sizes = match.Success
            ? match.Groups[1].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            : [];
        if (sizes.Length != 2
            || !long.TryParse(sizes[0], NumberStyles.None, CultureInfo.InvariantCulture, out long rows)
            || !long.TryParse(sizes[1], NumberStyles.None, CultureInfo.InvariantCulture, out long dimension))
        {
            throw new TableException($"its shape is ({string.Join(", ", sizes)}); (documents, dimension) is expected");
        }

        return dimension >= 1 && dimension <= limits.VectorLength
            ? (rows, (int)dimension)
            : throw new TableException(string.Create(
                CultureInfo.InvariantCulture, $"its vectors have {dimension:N0} numbers; 1 to {limits.VectorLength:N0} are allowed"));
    }

    [GeneratedRegex(@"'descr'\s*:\s*'([^']*)'", RegexOptions.CultureInvariant)]
    private static partial Regex DataType();

    [GeneratedRegex(@"'shape'\s*:\s*\(([0-9,\s]*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();

    private float[] Convert()
    {
        float[] vector = new float[Dimension];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = ElementBytes(_type) switch
            {
                2 => (float)BinaryPrimitives.ReadHalfLittleEndian(_row.AsSpan(i * 2)),
                4 => BinaryPrimitives.ReadSingleLittleEndian(_row.AsSpan(i * 4)),
                _ => (float)BinaryPrimitives.ReadDoubleLittleEndian(_row.AsSpan(i * 8)),
            };
        }

        return vector;
    }
}
