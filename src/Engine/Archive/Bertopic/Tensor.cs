using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A named array of a safetensors file.</summary>
/// <param name="Name">Name.</param>
/// <param name="Type">Type of the values.</param>
/// <param name="Shape">Length of each dimension.</param>
/// <param name="Data">The values, little-endian, in row-major order.</param>
internal sealed record Tensor(string Name, TensorType Type, long[] Shape, ReadOnlyMemory<byte> Data)
{
    public static Tensor Create(string name, float[] values, params long[] shape) =>
        new(name, TensorType.Single, shape, LittleEndian.Bytes(values).ToArray());

    public static Tensor Create(string name, double[] values) =>
        new(name, TensorType.Double, [values.Length], LittleEndian.Bytes(values).ToArray());

    public static Tensor Create(string name, int[] values) =>
        new(name, TensorType.Int32, [values.Length], LittleEndian.Bytes(values).ToArray());

    public static Tensor Create(string name, long[] values) =>
        new(name, TensorType.Int64, [values.Length], LittleEndian.Bytes(values).ToArray());

    public static int SizeOf(TensorType type) => type is TensorType.Double or TensorType.Int64 ? sizeof(double) : sizeof(float);

    public static string CodeOf(TensorType type) => type switch
    {
        TensorType.Int32 => "I32",
        TensorType.Single => "F32",
        TensorType.Double => "F64",
        _ => "I64",
    };

    /// <summary>Returns the values in double precision; null for integers.</summary>
    public double[]? ToDoubles() => Type switch
    {
        TensorType.Single => Array.ConvertAll(MemoryMarshal.Cast<byte, float>(Data.Span).ToArray(), value => (double)value),
        TensorType.Double => MemoryMarshal.Cast<byte, double>(Data.Span).ToArray(),
        _ => null,
    };

    /// <summary>Returns the values as integers; null for other types or if a value exceeds 32 bits.</summary>
    public int[]? ToIntegers()
    {
        if (Type == TensorType.Int32)
        {
            return MemoryMarshal.Cast<byte, int>(Data.Span).ToArray();
        }

        if (Type != TensorType.Int64)
        {
            return null;
        }

        ReadOnlySpan<long> wide = MemoryMarshal.Cast<byte, long>(Data.Span);
        int[] values = new int[wide.Length];
        for (int i = 0; i < values.Length; i++)
        {
            if (wide[i] is < int.MinValue or > int.MaxValue)
            {
                return null;
            }

            values[i] = (int)wide[i];
        }

        return values;
    }
}
