using System.Buffers.Binary;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Whole numbers as packed differences (DELTA_BINARY_PACKED).</summary>
internal sealed class DeltaNumbers
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly int _miniBlocks;
    private readonly int _perMiniBlock;
    private int _at;
    private int _widths;
    private int _miniBlock;
    private int _inMiniBlock;
    private int _bits;
    private long _leastDelta;
    private long _value;
    private bool _isFirst = true;

    /// <param name="data">The numbers, optionally followed by other data.</param>
    /// <param name="most">Most numbers that are expected.</param>
    public DeltaNumbers(ReadOnlyMemory<byte> data, int most)
    {
        _data = data;
        ReadOnlySpan<byte> bytes = data.Span;
        uint block = PageNumbers.ReadVarint(bytes, ref _at);
        uint miniBlocks = PageNumbers.ReadVarint(bytes, ref _at);
        uint count = PageNumbers.ReadVarint(bytes, ref _at);
        _value = PageNumbers.ReadZigzag(bytes, ref _at);
        if (miniBlocks == 0 || block % miniBlocks != 0 || block / miniBlocks % 8 != 0 || block is 0 or > 1 << 20 || count > (uint)most)
        {
            throw new InvalidDataException("a block of packed differences is damaged");
        }

        Left = (int)count;
        _miniBlocks = (int)miniBlocks;
        _perMiniBlock = (int)(block / miniBlocks);
        _miniBlock = _miniBlocks;
        _inMiniBlock = _perMiniBlock;
    }

    /// <summary>Numbers that have not been read.</summary>
    public int Left { get; private set; }

    /// <summary>Reads the next number; numbers wrap around as the format defines.</summary>
    public long Next()
    {
        if (Left == 0)
        {
            throw PageNumbers.TooShort();
        }

        Left--;
        if (_isFirst)
        {
            _isFirst = false;
            return _value;
        }

        if (_inMiniBlock == _perMiniBlock)
        {
            StartMiniBlock();
        }

        _value = unchecked(_value + _leastDelta + (long)Packed((long)_inMiniBlock * _bits));
        _inMiniBlock++;
        return _value;
    }

    /// <summary>Returns where the data behind the numbers start. All numbers must have been read.</summary>
    public int End()
    {
        long end = _inMiniBlock == _perMiniBlock && _miniBlock == _miniBlocks ? _at : _at + MiniBlockBytes();
        return end > _data.Length ? throw PageNumbers.TooShort() : (int)end;
    }

    private long MiniBlockBytes() => (long)_perMiniBlock * _bits / 8;

    private void StartMiniBlock()
    {
        ReadOnlySpan<byte> bytes = _data.Span;
        if (_miniBlock < _miniBlocks)
        {
            _at = checked((int)(_at + MiniBlockBytes()));
            _miniBlock++;
        }

        if (_miniBlock == _miniBlocks)
        {
            _leastDelta = PageNumbers.ReadZigzag(bytes, ref _at);
            _widths = _at;
            _at += _miniBlocks;
            _miniBlock = 0;
        }

        if (_widths + _miniBlock >= bytes.Length)
        {
            throw PageNumbers.TooShort();
        }

        _bits = bytes[_widths + _miniBlock];
        if (_bits > 64)
        {
            throw new InvalidDataException("a bit width exceeds 64");
        }

        _inMiniBlock = 0;
    }

    private ulong Packed(long bit)
    {
        if (_bits == 0)
        {
            return 0;
        }

        ReadOnlySpan<byte> bytes = _data.Span;
        long first = _at + (bit >> 3);
        int shift = (int)(bit & 7);
        if (first + ((shift + _bits + 7) >> 3) > bytes.Length)
        {
            throw PageNumbers.TooShort();
        }

        ReadOnlySpan<byte> from = bytes[(int)first..];
        Span<byte> window = stackalloc byte[sizeof(ulong)];
        window.Clear();
        from[..Math.Min(sizeof(ulong), from.Length)].CopyTo(window);
        ulong value = BinaryPrimitives.ReadUInt64LittleEndian(window) >> shift;
        if (shift + _bits > 64)
        {
            value |= (ulong)from[sizeof(ulong)] << (64 - shift);
        }

        return _bits == 64 ? value : value & ((1UL << _bits) - 1);
    }
}
