namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Byte strings, each as the length of the prefix that it shares with the one before, and its rest (DELTA_BYTE_ARRAY).</summary>
internal sealed class DeltaBytes : PageValues
{
    private readonly DeltaNumbers _prefixes;
    private readonly DeltaLengthBytes _rests;
    private ReadOnlyMemory<byte> _last;

    public DeltaBytes(ReadOnlyMemory<byte> data, int count)
    {
        DeltaNumbers scan = new(data, count);
        while (scan.Left > 0)
        {
            scan.Next();
        }

        _prefixes = new DeltaNumbers(data, count);
        _rests = new DeltaLengthBytes(data[scan.End()..], count);
    }

    public override void Next(ref RawValue value)
    {
        long prefix = _prefixes.Next();
        _rests.Next(ref value);
        if (prefix < 0 || prefix > _last.Length)
        {
            throw new InvalidDataException("a string shares more than the string before it has");
        }

        if (prefix > 0)
        {
            byte[] joined = new byte[prefix + value.Bytes.Length];
            _last[..(int)prefix].CopyTo(joined);
            value.Bytes.CopyTo(joined.AsMemory((int)prefix));
            value.Bytes = joined;
        }

        _last = value.Bytes;
    }
}
