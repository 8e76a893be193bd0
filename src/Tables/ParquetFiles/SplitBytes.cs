namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Values whose first bytes come first, then all second bytes, and so on (BYTE_STREAM_SPLIT).</summary>
internal sealed class SplitBytes(ReadOnlyMemory<byte> data, int width, bool isNumber) : PageValues
{
    private readonly int _count = width > 0 && data.Length % width == 0 ? data.Length / width : throw PageNumbers.TooShort();
    private int _at;

    public override void Next(ref RawValue value)
    {
        if (_at == _count)
        {
            throw PageNumbers.TooShort();
        }

        ReadOnlySpan<byte> bytes = data.Span;
        if (!isNumber)
        {
            byte[] joined = new byte[width];
            for (int i = 0; i < width; i++)
            {
                joined[i] = bytes[(i * _count) + _at];
            }

            value.Bytes = joined;
            _at++;
            return;
        }

        ulong bits = 0;
        for (int i = width - 1; i >= 0; i--)
        {
            bits = (bits << 8) | bytes[(i * _count) + _at];
        }

        value.Bits = width == sizeof(int) ? (int)(uint)bits : (long)bits;
        _at++;
    }
}
