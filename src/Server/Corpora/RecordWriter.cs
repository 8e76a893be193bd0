using System.Buffers.Binary;
using System.Text;

namespace TopicGrpc.Server.Corpora;

/// <summary>Writes the fields of a record: numbers little-endian, strings as UTF-8 behind their length.</summary>
internal ref struct RecordWriter(Span<byte> target)
{
    private readonly Span<byte> _target = target;

    /// <summary>Bytes written.</summary>
    public int Position { get; private set; }

    /// <summary>Returns the bytes of a string with its length.</summary>
    public static int SizeOf(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        return SizeOf(bytes) + bytes;
    }

    /// <summary>Returns the bytes of a number of 0 or more with seven bits per byte.</summary>
    public static int SizeOf(int value) => (int.Log2(value | 1) / 7) + 1;

    public void Write(byte value) => _target[Position++] = value;

    public void Write(int value)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_target[Position..], value);
        Position += sizeof(int);
    }

    public void Write(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(_target[Position..], value);
        Position += sizeof(long);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_target[Position..]);
        Position += bytes.Length;
    }

    /// <summary>Writes a number of 0 or more with seven bits per byte, the lowest first.</summary>
    public void WriteLength(int value)
    {
        uint left = (uint)value;
        for (; left >= 0x80; left >>= 7)
        {
            Write((byte)(left | 0x80));
        }

        Write((byte)left);
    }

    /// <summary>Writes a string.</summary>
    /// <returns>Bytes of the string without its length.</returns>
    public int Write(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        WriteLength(bytes);
        Position += Encoding.UTF8.GetBytes(value, _target[Position..]);
        return bytes;
    }
}
