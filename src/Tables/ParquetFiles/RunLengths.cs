using System.Buffers.Binary;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>
/// Reads Parquet's hybrid of run lengths and bit-packed numbers: levels, indices of dictionaries, Booleans. A run is never expanded, so
/// a run of a billion values takes no memory.
/// </summary>
internal struct RunLengths(ReadOnlyMemory<byte> data, int bitWidth)
{
    private const int MaxBits = 32;

    private readonly int _bits = bitWidth is >= 0 and <= MaxBits ? bitWidth : throw new InvalidDataException("a bit width exceeds 32");
    private int _at;
    private long _left;
    private bool _isPacked;
    private long _bitAt;
    private int _value;

    /// <summary>Returns the next number.</summary>
    /// <exception cref="InvalidDataException">No number is left.</exception>
    public int Next()
    {
        if (_bits == 0)
        {
            return 0;
        }

        while (_left == 0)
        {
            StartRun();
        }

        _left--;
        return _isPacked ? NextPacked() : _value;
    }

    private void StartRun()
    {
        ReadOnlySpan<byte> bytes = data.Span;
        if (_isPacked)
        {
            _at = (int)((_bitAt + 7) >> 3);
            _isPacked = false;
        }

        uint header = PageNumbers.ReadVarint(bytes, ref _at);
        if ((header & 1) == 1)
        {
            _isPacked = true;
            _left = (long)(header >> 1) * 8;
            _bitAt = (long)_at * 8;
            return;
        }

        _left = header >> 1;
        int width = (_bits + 7) / 8;
        if (bytes.Length - _at < width)
        {
            throw PageNumbers.TooShort();
        }

        uint value = 0;
        for (int i = 0; i < width; i++)
        {
            value |= (uint)bytes[_at + i] << (8 * i);
        }

        _value = (int)value;
        _at += width;
    }

    private int NextPacked()
    {
        ReadOnlySpan<byte> bytes = data.Span;
        int first = (int)(_bitAt >> 3);
        int shift = (int)(_bitAt & 7);
        _bitAt += _bits;
        if ((_bitAt + 7) >> 3 > bytes.Length)
        {
            throw PageNumbers.TooShort();
        }

        ulong window = bytes.Length - first >= sizeof(ulong)
            ? BinaryPrimitives.ReadUInt64LittleEndian(bytes[first..])
            : Tail(bytes[first..]);
        return (int)((window >> shift) & ((1UL << _bits) - 1));
    }

    private static ulong Tail(ReadOnlySpan<byte> bytes)
    {
        ulong window = 0;
        for (int i = bytes.Length - 1; i >= 0; i--)
        {
            window = (window << 8) | bytes[i];
        }

        return window;
    }
}
