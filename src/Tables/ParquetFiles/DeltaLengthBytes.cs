namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Byte strings behind all their lengths (DELTA_LENGTH_BYTE_ARRAY).</summary>
internal sealed class DeltaLengthBytes : PageValues
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly DeltaNumbers _lengths;
    private int _at;

    public DeltaLengthBytes(ReadOnlyMemory<byte> data, int count)
    {
        // The strings start behind the last length, so the lengths are decoded twice instead of being kept.
        DeltaNumbers scan = new(data, count);
        while (scan.Left > 0)
        {
            scan.Next();
        }

        _data = data;
        _at = scan.End();
        _lengths = new DeltaNumbers(data, count);
    }

    public override void Next(ref RawValue value)
    {
        long length = _lengths.Next();
        if (length < 0 || length > _data.Length - _at)
        {
            throw PageNumbers.TooShort();
        }

        value.Bytes = _data.Slice(_at, (int)length);
        _at += (int)length;
    }
}
