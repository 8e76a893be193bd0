namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Booleans as bits, the lowest bit of a byte first.</summary>
internal sealed class PlainBits(ReadOnlyMemory<byte> data) : PageValues
{
    private long _at;

    public override void Next(ref RawValue value)
    {
        if (_at >> 3 >= data.Length)
        {
            throw PageNumbers.TooShort();
        }

        value.Bits = (data.Span[(int)(_at >> 3)] >> (int)(_at & 7)) & 1;
        _at++;
    }
}
