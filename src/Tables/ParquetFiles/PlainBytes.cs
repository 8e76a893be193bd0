using System.Buffers.Binary;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Byte strings, each behind its length.</summary>
internal sealed class PlainBytes(ReadOnlyMemory<byte> data) : PageValues
{
    private int _at;

    public override void Next(ref RawValue value)
    {
        if (data.Length - _at < sizeof(int))
        {
            throw PageNumbers.TooShort();
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(data.Span[_at..]);
        _at += sizeof(int);
        if (length < 0 || length > data.Length - _at)
        {
            throw PageNumbers.TooShort();
        }

        value.Bytes = data.Slice(_at, length);
        _at += length;
    }
}
