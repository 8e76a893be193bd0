using System.Buffers.Binary;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// The first 4096 bytes of a document file: magic, random id and checksum in the first 512 bytes, which never change, then two slots
/// of 512 bytes for the mark. Marks alternate between the slots, so a torn write leaves the mark before it.
/// </summary>
internal static class DocumentHeader
{
    /// <summary>Bytes before the first record.</summary>
    public const int Length = 4096;

    /// <summary>Bytes of the id.</summary>
    public const int IdLength = 16;

    private const int SlotLength = 512;
    private const int MarkLength = 40;
    private const int FixedLength = 28;

    private static ReadOnlySpan<byte> Magic => "TGDOCS2\0"u8;

    /// <summary>Returns the header of a new file, with its first mark.</summary>
    public static byte[] Create(ReadOnlySpan<byte> id, in DocumentMark mark)
    {
        byte[] header = new byte[Length];
        Magic.CopyTo(header);
        id.CopyTo(header.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(24), Crc32C.Compute(header.AsSpan(0, 24)));
        Encode(mark, id).CopyTo(header, SlotOffset(mark));
        return header;
    }

    /// <summary>Writes a mark into the slot that does not hold the mark before it.</summary>
    public static void Write(IStoredFile file, in DocumentMark mark, ReadOnlySpan<byte> id) =>
        file.Write(Encode(mark, id), SlotOffset(mark));

    /// <summary>Reads the id and the newest mark.</summary>
    /// <exception cref="InvalidDataException">The header is damaged.</exception>
    public static (byte[] Id, DocumentMark Mark) Read(IStoredFile file)
    {
        byte[] header = new byte[Length];
        if (file.Read(header, 0) != Length
            || !header.AsSpan(0, Magic.Length).SequenceEqual(Magic)
            || BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(24)) != Crc32C.Compute(header.AsSpan(0, FixedLength - 4)))
        {
            throw new InvalidDataException("the header of the document file is damaged.");
        }

        byte[] id = header[8..24];
        DocumentMark? newest = null;
        for (int slot = 1; slot <= 2; slot++)
        {
            DocumentMark? mark = Decode(header.AsSpan(slot * SlotLength, MarkLength + sizeof(uint)), id);
            newest = newest is null || mark?.Sequence > newest.Value.Sequence ? mark ?? newest : newest;
        }

        return (id, newest ?? throw new InvalidDataException("both marks in the header of the document file are damaged."));
    }

    /// <summary>Reads both marks.</summary>
    /// <returns>The mark before the newest, and the newest; null: one of them is damaged.</returns>
    public static (DocumentMark Former, DocumentMark Newest)? ReadMarks(IStoredFile file)
    {
        (byte[] id, DocumentMark newest) = Read(file);
        byte[] slot = new byte[MarkLength + sizeof(uint)];
        return file.Read(slot, SlotOffset(newest with { Sequence = newest.Sequence - 1 })) == slot.Length
            && Decode(slot, id) is { } former
            && former.Sequence == newest.Sequence - 1
            ? (former, newest)
            : null;
    }

    private static int SlotOffset(in DocumentMark mark) => (int)(1 + (mark.Sequence & 1)) * SlotLength;

    private static byte[] Encode(in DocumentMark mark, ReadOnlySpan<byte> id)
    {
        byte[] bytes = new byte[MarkLength + sizeof(uint)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, mark.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), mark.Length);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), mark.Totals.Documents);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), mark.Totals.TextBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(32), mark.Check);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(36), mark.Totals.Dimension);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(MarkLength), Crc32C.Append(Crc32C.Compute(id), bytes.AsSpan(0, MarkLength)));
        return bytes;
    }

    private static DocumentMark? Decode(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> id) =>
        Crc32C.Append(Crc32C.Compute(id), bytes[..MarkLength]) == BinaryPrimitives.ReadUInt32LittleEndian(bytes[MarkLength..])
            ? new DocumentMark(
                BinaryPrimitives.ReadInt64LittleEndian(bytes),
                BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
                new DocumentTotals(
                    BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]),
                    BinaryPrimitives.ReadInt64LittleEndian(bytes[24..]),
                    BinaryPrimitives.ReadInt32LittleEndian(bytes[36..])),
                BinaryPrimitives.ReadUInt32LittleEndian(bytes[32..]))
            : null;
}
