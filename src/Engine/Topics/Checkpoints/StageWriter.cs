using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>
/// Writes the content of a checkpoint: numbers in the byte order of the machine, which is little-endian wherever models can be stored, and
/// arrays after their length.
/// </summary>
internal sealed class StageWriter(Stream target)
{
    /// <summary>Values of one call to the stream; the bytes of a large array are more than a span can hold.</summary>
    public const int SliceLength = 1 << 18;

    public void Write<T>(T value)
        where T : unmanaged => target.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)));

    public void Write(string value)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(value);
        Write<byte>(bytes);
    }

    public void Write<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        Write(values.Length);
        for (int first = 0; first < values.Length; first += SliceLength)
        {
            target.Write(MemoryMarshal.AsBytes(values.Slice(first, Math.Min(SliceLength, values.Length - first))));
        }
    }

    public void Write(Matrix matrix)
    {
        Write(matrix.Rows);
        Write(matrix.Columns);
        Write<float>(matrix.Span);
    }
}
