using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace TopicGrpc.Parity.Tests.Ties;

/// <summary>A folder with made-up recordings in the format of <c>../shared/golden</c>; deleted at the end.</summary>
internal sealed class Recording : IDisposable
{
    private readonly string _path = Directory.CreateTempSubdirectory("topicgrpc-recording-").FullName;

    public GoldenFolder Folder => new(_path);

    public Recording Add(string name, float[] values, params int[] shape) =>
        Write(name, "<f4", MemoryMarshal.AsBytes<float>(values), shape);

    public Recording Add(string name, double[] values, params int[] shape) =>
        Write(name, "<f8", MemoryMarshal.AsBytes<double>(values), shape);

    public Recording Add(string name, int[] values) => Write(name, "<i4", MemoryMarshal.AsBytes<int>(values), [values.Length]);

    public Recording AddJson(string name, object value)
    {
        string file = Path.Combine(_path, name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, JsonSerializer.Serialize(value));
        return this;
    }

    public void Dispose() => Directory.Delete(_path, recursive: true);

    private Recording Write(string name, string type, ReadOnlySpan<byte> data, int[] shape)
    {
        string lengths = string.Join(", ", shape.Select(static length => length.ToString(CultureInfo.InvariantCulture)));
        string header = $"{{'descr': '{type}', 'fortran_order': False, 'shape': ({lengths}{(shape.Length == 1 ? "," : "")}), }}";
        header = header.PadRight(((header.Length + 10 + 64) / 64 * 64) - 11) + "\n";
        string file = Path.Combine(_path, name + ".npy");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        using FileStream stream = File.Create(file);
        stream.Write([0x93, .. Encoding.ASCII.GetBytes("NUMPY"), 1, 0, (byte)header.Length, (byte)(header.Length >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header));
        stream.Write(data);
        return this;
    }
}
