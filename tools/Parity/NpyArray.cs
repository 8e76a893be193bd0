using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;

namespace TopicGrpc.Parity;

/// <summary>An array of a NumPy <c>.npy</c> file, little-endian, C order.</summary>
internal sealed partial class NpyArray
{
    private readonly byte[] _data;

    private NpyArray(string type, int[] shape, byte[] data)
    {
        Type = type;
        Shape = shape;
        _data = data;
    }

    /// <summary>NumPy type code: <c>f2</c>, <c>f4</c>, <c>f8</c>, <c>i4</c> or <c>i8</c>.</summary>
    public string Type { get; }

    /// <summary>Length of each dimension.</summary>
    public int[] Shape { get; }

    /// <summary>Number of rows of a matrix, or length of a vector.</summary>
    public int Rows => Shape[0];

    /// <summary>Number of columns of a matrix; 1 for a vector.</summary>
    public int Columns => Shape.Length > 1 ? Shape[1] : 1;

    public static NpyArray Read(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        if (file.Length < 10 || file[0] != 0x93 || Encoding.ASCII.GetString(file, 1, 5) != "NUMPY")
        {
            throw new InvalidDataException($"{path} is not a .npy file.");
        }

        int lengthBytes = file[6] == 1 ? 2 : 4;
        int headerLength = lengthBytes == 2
            ? BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan(8))
            : BinaryPrimitives.ReadInt32LittleEndian(file.AsSpan(8));
        string header = Encoding.ASCII.GetString(file, 8 + lengthBytes, headerLength);
        Match match = Header().Match(header);
        if (!match.Success)
        {
            throw new InvalidDataException($"{path}has an unsupported header: {header}");
        }

        int[] shape =
        [
            .. match.Groups["shape"].Value.Split(
                ',',
                StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(n =>
                    int.Parse(n, CultureInfo.InvariantCulture)),
        ];
        return new NpyArray(match.Groups["type"].Value, shape, file[(8 + lengthBytes + headerLength)..]);
    }

    /// <summary>Returns the values in single precision, converted from half or double precision.</summary>
    public float[] ToSingles() => Type switch
    {
        "f4" => MemoryMarshal.Cast<byte, float>(_data).ToArray(),
        "f2" => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(_data).ToArray(), h => (float)h),
        "f8" => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(_data).ToArray(), d => (float)d),
        _ => throw new InvalidDataException($"Floating-point values expected, {Type} found."),
    };

    /// <summary>Returns the values in double precision.</summary>
    public double[] ToDoubles() => Type == "f8"
        ? MemoryMarshal.Cast<byte, double>(_data).ToArray()
        : Array.ConvertAll(ToSingles(), f => (double)f);

    /// <summary>Returns the values as 32-bit integers.</summary>
    public int[] ToIntegers() => Type switch
    {
        "i4" => MemoryMarshal.Cast<byte, int>(_data).ToArray(),
        "i8" => Array.ConvertAll(MemoryMarshal.Cast<byte, long>(_data).ToArray(), l => checked((int)l)),
        _ => throw new InvalidDataException($"Integers expected, {Type} found."),
    };

    [GeneratedRegex(@"'descr':\s*'[<|](?<type>\w+)'.*'fortran_order':\s*False.*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex Header();
}
