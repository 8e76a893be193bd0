using System.Buffers.Binary;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Values of a fixed number of bytes, one after the other.</summary>
internal sealed class PlainFixed(ReadOnlyMemory<byte> data, int width, bool isNumber) : PageValues
{
    private int _at;

    public override void Next(ref RawValue value)
    {
        if (width > data.Length - _at)
        {
            throw PageNumbers.TooShort();
        }

        ReadOnlyMemory<byte> bytes = data.Slice(_at, width);
        _at += width;
        if (!isNumber)
        {
            value.Bytes = bytes;
            return;
        }

        value.Bits = width == sizeof(int)
            ? BinaryPrimitives.ReadInt32LittleEndian(bytes.Span)
            : BinaryPrimitives.ReadInt64LittleEndian(bytes.Span);
    }
}
