namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>
/// Reads Thrift's compact protocol, in which Parquet stores its descriptions
/// (https://github.com/apache/thrift/blob/master/doc/specs/thrift-compact-protocol.md). Never allocates by a stated size.
/// </summary>
internal ref struct ThriftReader(ReadOnlySpan<byte> data)
{
    public const byte True = 1;
    public const byte Structure = 12;

    private const int MaxDepth = 32;

    private readonly ReadOnlySpan<byte> _data = data;
    private int _at;

    /// <summary>Bytes read so far.</summary>
    public readonly int Position => _at;

    /// <summary>Reads the header of the next field of a structure.</summary>
    /// <param name="id">Id of the field before, 0 at the start; becomes the id of this field.</param>
    /// <param name="type">Type of this field.</param>
    /// <returns>False at the end of the structure.</returns>
    /// <exception cref="EndOfStreamException">The data end before the structure does.</exception>
    public bool NextField(ref int id, out byte type)
    {
        byte header = ReadByte();
        type = (byte)(header & 0x0F);
        if (header == 0)
        {
            return false;
        }

        int step = header >> 4;
        id = step == 0 ? ReadInt32() : id + step;
        return true;
    }

    /// <summary>Reads the header of a list.</summary>
    /// <returns>Number of elements, at most the number of bytes that follow.</returns>
    /// <exception cref="InvalidDataException">The list states more elements than there are bytes.</exception>
    public int ReadListHeader(out byte elementType)
    {
        byte header = ReadByte();
        elementType = (byte)(header & 0x0F);
        ulong count = header >> 4 == 15 ? ReadVarint() : (ulong)(header >> 4);
        return count > (ulong)(_data.Length - _at) ? throw new InvalidDataException("a list is longer than the data") : (int)count;
    }

    public int ReadInt32() => unchecked((int)ReadInt64());

    public long ReadInt64()
    {
        ulong value = ReadVarint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> ReadBinary()
    {
        ulong length = ReadVarint();
        if (length > (ulong)(_data.Length - _at))
        {
            throw new EndOfStreamException();
        }

        ReadOnlySpan<byte> bytes = _data.Slice(_at, (int)length);
        _at += (int)length;
        return bytes;
    }

    public byte ReadByte() => _at < _data.Length ? _data[_at++] : throw new EndOfStreamException();

    /// <summary>Skips a value of a type.</summary>
    /// <exception cref="InvalidDataException">The type is unknown, or structures are nested too deeply.</exception>
    public void Skip(byte type) => Skip(type, 0);

    private void Skip(byte type, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new InvalidDataException("structures are nested too deeply");
        }

        switch (type)
        {
            case True or 2:
                break;
            case 3:
                ReadByte();
                break;
            case 4 or 5 or 6:
                ReadVarint();
                break;
            case 7:
                _at += sizeof(double);
                if (_at > _data.Length)
                {
                    throw new EndOfStreamException();
                }

                break;
            case 8:
                ReadBinary();
                break;
            case 9 or 10:
                SkipList(depth);
                break;
            case 11:
                SkipMap(depth);
                break;
            case Structure:
                int id = 0;
                while (NextField(ref id, out byte field))
                {
                    Skip(field, depth + 1);
                }

                break;
            default:
                throw new InvalidDataException("unknown type of a field");
        }
    }

    private void SkipList(int depth)
    {
        int count = ReadListHeader(out byte type);
        for (int i = 0; i < count; i++)
        {
            SkipElement(type, depth);
        }
    }

    private void SkipMap(int depth)
    {
        ulong count = ReadVarint();
        if (count == 0)
        {
            return;
        }

        byte types = ReadByte();
        for (ulong i = 0; i < count; i++)
        {
            SkipElement((byte)(types >> 4), depth);
            SkipElement((byte)(types & 0x0F), depth);
        }
    }

    // A Boolean is part of the header of a field, but one byte in a list.
    private void SkipElement(byte type, int depth)
    {
        if (type is True or 2)
        {
            ReadByte();
        }
        else
        {
            Skip(type, depth + 1);
        }
    }

    private ulong ReadVarint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = ReadByte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number is too long");
    }
}
