using System.Buffers.Binary;
using System.Numerics;

namespace TopicGrpc.Server.Corpora;

/// <summary>CRC-32C (Castagnoli), the checksum of stored records, computed by a CPU instruction.</summary>
internal static class Crc32C
{
    /// <summary>Computes a checksum.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return ~crc;
    }
}
