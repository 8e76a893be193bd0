using System.Text;

namespace TopicGrpc.Tables.Tests.ParquetFiles;

/// <summary>Writes structures of Thrift's compact protocol; ids of fields must ascend.</summary>
internal sealed class ThriftBytes
{
    private readonly List<byte> _bytes = [];
    private int _last;

    public ThriftBytes Int(int id, long value) => Field(id, 6).Varint((ulong)((value << 1) ^ (value >> 63)));

    public ThriftBytes Text(int id, string value) =>
        Field(id, 8).Varint((ulong)Encoding.UTF8.GetByteCount(value)).Raw(Encoding.UTF8.GetBytes(value));

    public ThriftBytes Structure(int id, ThriftBytes value) => Field(id, 12).Raw(value.ToArray());

    public ThriftBytes List(int id, params ThriftBytes[] items)
    {
        Field(id, 9).Raw([0xFC]).Varint((ulong)items.Length);
        foreach (ThriftBytes item in items)
        {
            Raw(item.ToArray());
        }

        return this;
    }

    /// <summary>Returns the structure with its end.</summary>
    public byte[] ToArray() => [.. _bytes, 0];

    private ThriftBytes Field(int id, byte type)
    {
        _bytes.Add((byte)(((id - _last) << 4) | type));
        _last = id;
        return this;
    }

    private ThriftBytes Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            _bytes.Add((byte)(value | 0x80));
        }

        _bytes.Add((byte)value);
        return this;
    }

    private ThriftBytes Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }
}
