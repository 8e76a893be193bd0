namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>A named array to write to a safetensors file.</summary>
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
}
