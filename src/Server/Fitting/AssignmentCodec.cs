using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Blocks of an assignment file: a checksum (CRC-32C of all that follows), the number of documents and the length of the columns as 32-bit
/// integers; then the columns: topics (int32), probabilities (float32), lengths of the ids (uint16), ids (UTF-8). All little-endian.
/// </summary>
internal static class AssignmentCodec
{
    /// <summary>Maximum number of documents of a block: what a kill of the process can cost.</summary>
    public const int MaxDocuments = 4096;

    /// <summary>Bytes before the columns of a block.</summary>
    public const int HeaderBytes = 12;

    private const int DocumentBytes = 10;
    private const int MaxColumnBytes = MaxDocuments * (DocumentBytes + ushort.MaxValue);

    /// <summary>Returns the bytes of a block.</summary>
    public static byte[] Encode(ReadOnlySpan<AssignedDocument> documents)
    {
        int idBytes = 0;
        foreach (AssignedDocument document in documents)
        {
            idBytes += Encoding.UTF8.GetByteCount(document.Id);
        }

        int columns = (documents.Length * DocumentBytes) + idBytes;
        byte[] block = new byte[HeaderBytes + columns];
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(4), documents.Length);
        BinaryPrimitives.WriteInt32LittleEndian(block.AsSpan(8), columns);
        Span<byte> topics = block.AsSpan(HeaderBytes);
        Span<byte> probabilities = topics[(documents.Length * 4)..];
        Span<byte> lengths = topics[(documents.Length * 8)..];
        Span<byte> ids = topics[(documents.Length * DocumentBytes)..];
        for (int i = 0; i < documents.Length; i++)
        {
            int length = Encoding.UTF8.GetBytes(documents[i].Id, ids);
            ids = ids[length..];
            BinaryPrimitives.WriteInt32LittleEndian(topics[(4 * i)..], documents[i].TopicId);
            BinaryPrimitives.WriteSingleLittleEndian(probabilities[(4 * i)..], documents[i].Probability);
            BinaryPrimitives.WriteUInt16LittleEndian(lengths[(2 * i)..], (ushort)length);
        }

        BinaryPrimitives.WriteUInt32LittleEndian(block, Crc32C.Compute(block.AsSpan(4)));
        return block;
    }

    /// <summary>Reads the block at an offset.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Offset of the block; moved behind it.</param>
    /// <param name="block">The bytes of the block.</param>
    /// <returns>False at the end of the file and for an incomplete or damaged block; the offset stays.</returns>
    public static bool TryRead(IStoredFile file, ref long offset, out byte[] block)
    {
        block = [];
        if (!TryReadHeader(file, offset, out int documents, out int length))
        {
            return false;
        }

        byte[] bytes = new byte[length];
        if (file.Read(bytes, offset) < bytes.Length
            || Crc32C.Compute(bytes.AsSpan(4)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes)
            || !Fits(bytes, documents))
        {
            return false;
        }

        offset += bytes.Length;
        block = bytes;
        return true;
    }

    /// <summary>Reads the sizes of the block at an offset, but not the block.</summary>
    /// <param name="file">The file.</param>
    /// <param name="offset">Offset of the block.</param>
    /// <param name="documents">Number of documents.</param>
    /// <param name="length">Bytes of the block.</param>
    /// <returns>False at the end of the file and for an incomplete block.</returns>
    public static bool TryReadHeader(IStoredFile file, long offset, out int documents, out int length)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        (documents, length) = (0, 0);
        if (file.Read(header, offset) < HeaderBytes)
        {
            return false;
        }

        documents = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        int columns = BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        if (documents is < 1 or > MaxDocuments || columns < documents * DocumentBytes || columns > MaxColumnBytes)
        {
            return false;
        }

        length = HeaderBytes + columns;
        return offset + length <= file.Length;
    }

    /// <summary>Returns the documents of a block.</summary>
    public static AssignedDocument[] Decode(byte[] block)
    {
        int count = BinaryPrimitives.ReadInt32LittleEndian(block.AsSpan(4));
        ReadOnlySpan<byte> topics = block.AsSpan(HeaderBytes);
        ReadOnlySpan<byte> ids = topics[(count * DocumentBytes)..];
        var documents = new AssignedDocument[count];
        for (int i = 0; i < count; i++)
        {
            int length = BinaryPrimitives.ReadUInt16LittleEndian(topics[((count * 8) + (2 * i))..]);
            documents[i] = new AssignedDocument(
                Encoding.UTF8.GetString(ids[..length]),
                BinaryPrimitives.ReadInt32LittleEndian(topics[(4 * i)..]),
                BinaryPrimitives.ReadSingleLittleEndian(topics[((count * 4) + (4 * i))..]));
            ids = ids[length..];
        }

        return documents;
    }

    private static bool Fits(byte[] block, int documents)
    {
        int ids = 0;
        foreach (ushort length in MemoryMarshal.Cast<byte, ushort>(block.AsSpan(HeaderBytes + (documents * 8), documents * 2)))
        {
            ids += BitConverter.IsLittleEndian ? length : BinaryPrimitives.ReverseEndianness(length);
        }

        return HeaderBytes + (documents * DocumentBytes) + ids == block.Length;
    }
}
