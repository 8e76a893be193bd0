using System.Buffers.Binary;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Records of a document file, each <c>magic, payload length, check, payload</c>, numbers little-endian. The check is a CRC-32C of the
/// file's random id, the check of the record before, the offset, the length and the payload. A record therefore counts only at its
/// place in its file, whatever bytes a payload contains.
/// </summary>
internal sealed class RecordChain(byte[] id, long position, uint check)
{
    /// <summary>Bytes before a payload.</summary>
    public const int HeaderLength = 12;

    private const uint Magic = 0x32434754; // "TGC2"
    private const int MaxPayload = 256 << 20;

    /// <summary>Offset behind the last record.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Check of the last record.</summary>
    public uint Check { get; private set; } = check;

    /// <summary>Returns the chain before the first record of a file.</summary>
    public static RecordChain Start(byte[] id) => new(id, DocumentHeader.Length, Crc32C.Compute(id));

    /// <summary>Writes a record behind the last one.</summary>
    public void Write(IStoredFile file, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], payload.Length);
        uint next = Next(payload);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], next);
        file.Write(header, Position);
        file.Write(payload, Position + HeaderLength);
        Advance(payload.Length, next);
    }

    /// <summary>Reads the record behind the last one.</summary>
    /// <returns>The payload; null where no complete record with the right check follows before <paramref name="end"/>.</returns>
    public byte[]? TryRead(IStoredFile file, long end)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        if (end - Position < HeaderLength || file.Read(header, Position) != HeaderLength)
        {
            return null;
        }

        int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != Magic
            || length is < 0 or > MaxPayload
            || length > end - Position - HeaderLength)
        {
            return null;
        }

        byte[] payload = GC.AllocateUninitializedArray<byte>(length);
        if (file.Read(payload, Position + HeaderLength) != length)
        {
            return null;
        }

        uint next = Next(payload);
        if (next != BinaryPrimitives.ReadUInt32LittleEndian(header[8..]))
        {
            return null;
        }

        Advance(payload.Length, next);
        return payload;
    }

    private uint Next(ReadOnlySpan<byte> payload)
    {
        Span<byte> place = stackalloc byte[16];
        BinaryPrimitives.WriteUInt32LittleEndian(place, Check);
        BinaryPrimitives.WriteInt64LittleEndian(place[4..], Position);
        BinaryPrimitives.WriteInt32LittleEndian(place[12..], payload.Length);
        // The id follows the check: a checksum of bytes and their own checksum would not depend on the bytes.
        return Crc32C.Append(Crc32C.Append(Crc32C.Compute(place), id), payload);
    }

    private void Advance(int length, uint next)
    {
        Position += HeaderLength + length;
        Check = next;
    }
}
