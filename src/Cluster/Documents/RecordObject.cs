using System.Buffers.Binary;

namespace TopicGrpc.Cluster.Documents;

/// <summary>Records as the bytes of one object: a magic, then length (4 bytes, little-endian) and payload of each record.</summary>
internal static class RecordObject
{
    /// <summary>Longest object, in bytes: several times what one ingest stream may have waiting.</summary>
    public const int MaxBytes = 1 << 29;

    private static ReadOnlySpan<byte> Magic => "TGRECS1\0"u8;

    /// <exception cref="InvalidDataException">The records are longer than an object.</exception>
    public static byte[] Encode(IReadOnlyList<ReadOnlyMemory<byte>> records)
    {
        long length = Magic.Length + records.Sum(static record => (long)record.Length + sizeof(int));
        if (length > MaxBytes)
        {
            throw new InvalidDataException(FormattableString.Invariant(
                $"The records have {length} bytes; the limit of an entry is {MaxBytes}."));
        }

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)length);
        Magic.CopyTo(bytes);
        int position = Magic.Length;
        foreach (ReadOnlyMemory<byte> record in records)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(position), record.Length);
            record.CopyTo(bytes.AsMemory(position + sizeof(int)));
            position += sizeof(int) + record.Length;
        }

        return bytes;
    }

    /// <exception cref="InvalidDataException">The bytes are not an object of records.</exception>
    public static List<byte[]> Decode(ReadOnlySpan<byte> bytes)
    {
        if (!bytes.StartsWith(Magic))
        {
            throw new InvalidDataException("The object has no records of a known format.");
        }

        List<byte[]> records = [];
        for (ReadOnlySpan<byte> rest = bytes[Magic.Length..]; rest.Length > 0;)
        {
            int length = rest.Length < sizeof(int) ? -1 : BinaryPrimitives.ReadInt32LittleEndian(rest);
            if (length < 0 || length > rest.Length - sizeof(int))
            {
                throw new InvalidDataException("The object ends inside a record.");
            }

            records.Add(rest.Slice(sizeof(int), length).ToArray());
            rest = rest[(sizeof(int) + length)..];
        }

        return records;
    }
}
