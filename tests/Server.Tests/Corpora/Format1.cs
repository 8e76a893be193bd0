using System.Buffers.Binary;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Tests.Corpora;

/// <summary>Writes records as servers before the header and the mark wrote them.</summary>
internal static class Format1
{
    public static byte[] Record(byte[] payload)
    {
        byte[] record = new byte[12 + payload.Length];
        "TGC1"u8.CopyTo(record);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(4), payload.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), Crc32C.Compute(payload));
        payload.CopyTo(record, 12);
        return record;
    }
}
