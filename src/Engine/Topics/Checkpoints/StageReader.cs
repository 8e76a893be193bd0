using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Checkpoints;

/// <summary>Reads what <see cref="StageWriter"/> wrote. Lengths are checked before memory is reserved for them.</summary>
internal sealed class StageReader(Stream source)
{
    private const int MaxTextBytes = 1 << 16;

    public T Read<T>()
        where T : unmanaged
    {
        T value = default;
        source.ReadExactly(MemoryMarshal.AsBytes(new Span<T>(ref value)));
        return value;
    }

    public string ReadText() => Encoding.UTF8.GetString(ReadArray<byte>(0, MaxTextBytes));

    /// <summary>Reads an array whose length is known.</summary>
    public T[] ReadArray<T>(long length)
        where T : unmanaged => ReadArray<T>(length, length);

    /// <summary>Reads an array whose length is within bounds.</summary>
    public T[] ReadArray<T>(long least, long most)
        where T : unmanaged
    {
        int length = ReadCount(least, most);
        T[] values = GC.AllocateUninitializedArray<T>(length);
        for (int first = 0; first < length; first += StageWriter.SliceLength)
        {
            source.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan(first, Math.Min(StageWriter.SliceLength, length - first))));
        }

        return values;
    }

    /// <summary>Reads a number of things that is within bounds.</summary>
    public int ReadCount(long least, long most)
    {
        int count = Read<int>();
        return count >= least && count <= most
            ? count
            : throw new InvalidDataException(FormattableString.Invariant(
                $"A number from {least} to {most} expected, but the content has {count}."));
    }

    public Matrix ReadMatrix(int rows, int columns)
    {
        ReadCount(rows, rows);
        ReadCount(columns, columns);
        return new Matrix(rows, columns, ReadArray<float>((long)rows * columns));
    }

    /// <summary>Checks that nothing follows.</summary>
    public void End()
    {
        if (source.ReadByte() >= 0)
        {
            throw new InvalidDataException("The content is longer than the result of the stage.");
        }
    }
}
