using System.Buffers.Binary;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// The first 32 bytes of an array or string file: eight letters, the element type (four bytes), the numbers of rows and columns (eight
/// bytes each), and four zero bytes. All numbers are little-endian. The values follow in row-major order.
/// </summary>
internal readonly record struct ArrayHeader(ElementType Type, long Rows, long Columns)
{
    public const int Length = 32;

    private static ReadOnlySpan<byte> Letters => "TGARRAY1"u8;

    public void Write(Span<byte> target)
    {
        target[..Length].Clear();
        Letters.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], (int)Type);
        BinaryPrimitives.WriteInt64LittleEndian(target[12..], Rows);
        BinaryPrimitives.WriteInt64LittleEndian(target[20..], Columns);
    }

    /// <exception cref="InvalidDataException">The bytes are not a header.</exception>
    public static ArrayHeader Read(ReadOnlySpan<byte> source, string file)
    {
        if (source.Length < Length || !source.StartsWith(Letters))
        {
            throw new InvalidDataException($"{file} does not start with the header of an archived array.");
        }

        ArrayHeader header = new(
            (ElementType)BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[20..]));
        bool known = Enum.IsDefined(header.Type) && header.Rows is >= 0 and <= int.MaxValue && header.Columns is >= 0 and <= int.MaxValue;
        return known ? header : throw new InvalidDataException($"{file} has an invalid array header.");
    }
}
