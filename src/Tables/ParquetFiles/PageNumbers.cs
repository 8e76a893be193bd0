namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Variable-length numbers of pages.</summary>
internal static class PageNumbers
{
    public static InvalidDataException TooShort() => new("a page is shorter than its values");

    public static uint ReadVarint(ReadOnlySpan<byte> bytes, ref int at) => unchecked((uint)ReadLongVarint(bytes, ref at));

    public static long ReadZigzag(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = ReadLongVarint(bytes, ref at);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private static ulong ReadLongVarint(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            if (at >= bytes.Length)
            {
                throw TooShort();
            }

            byte next = bytes[at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number of a page is too long");
    }
}
