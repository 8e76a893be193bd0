using System.Buffers.Binary;
using System.Numerics;

namespace TopicGrpc.Server.Corpora;

/// <summary>CRC-32C (Castagnoli), the checksum of stored records; the processor has an instruction for it.</summary>
internal static class Crc32C
{
    /// <summary>Returns the checksum of some bytes.</summary>
    public static uint Compute(ReadOnlySpan<byte> bytes) => Append(0, bytes);

    /// <summary>Continues a checksum.</summary>
    /// <param name="checksum">Checksum of the bytes before; 0 for none.</param>
    /// <param name="bytes">The next bytes.</param>
    /// <returns>Checksum of all bytes.</returns>
    public static uint Append(uint checksum, ReadOnlySpan<byte> bytes)
    {
        uint crc = ~checksum;
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
