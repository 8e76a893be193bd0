using System.Buffers.Binary;
using System.Text;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Fitting;

/// <summary>A record of <see cref="RunningTexts"/>: a key and a short string behind a checksum, of a fixed length.</summary>
/// <param name="Key">Key of the text; id of the run in the first record.</param>
/// <param name="Value">Id of the document; corpus, encoder and kind of the run in the first record.</param>
internal readonly record struct RunningRecord(UInt128 Key, string Value)
{
    private const int KeyOffset = sizeof(uint);
    private const int LengthOffset = KeyOffset + 16;
    private const int ValueOffset = LengthOffset + sizeof(ushort);

    /// <summary>Length of a record in bytes; every id of a document fits.</summary>
    public static int Bytes { get; } = ValueOffset + Math.Max(DocumentLimits.MaxIdBytes, 256);

    /// <summary>Writes the record.</summary>
    public void Write(Span<byte> destination)
    {
        destination.Clear();
        BinaryPrimitives.WriteUInt128LittleEndian(destination[KeyOffset..], Key);
        BinaryPrimitives.WriteUInt16LittleEndian(
            destination[LengthOffset..], (ushort)Encoding.UTF8.GetBytes(Value, destination[ValueOffset..]));
        BinaryPrimitives.WriteUInt32LittleEndian(destination, Crc32C.Compute(destination[KeyOffset..]));
    }

    /// <summary>Reads a record.</summary>
    /// <returns>Null for a record that was cleared, or that a crash left incomplete.</returns>
    public static RunningRecord? Read(ReadOnlySpan<byte> source)
    {
        if (source.Length != Bytes
            || BinaryPrimitives.ReadUInt32LittleEndian(source) != Crc32C.Compute(source[KeyOffset..]))
        {
            return null;
        }

        int length = BinaryPrimitives.ReadUInt16LittleEndian(source[LengthOffset..]);
        return new RunningRecord(
            BinaryPrimitives.ReadUInt128LittleEndian(source[KeyOffset..]), Encoding.UTF8.GetString(source.Slice(ValueOffset, length)));
    }
}
