using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Arrays as the bytes of a file. Files are little-endian, as every machine .NET 10 supports but one; that one is refused.
/// </summary>
internal static class LittleEndian
{
    /// <summary>The memory of the values itself, not a copy.</summary>
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        RequireMachine();
        return MemoryMarshal.AsBytes(values);
    }

    /// <summary>The memory of an array, to be filled from a file.</summary>
    public static Span<byte> Bytes<T>(T[] values)
        where T : struct
    {
        RequireMachine();
        return MemoryMarshal.AsBytes(values.AsSpan());
    }

    private static void RequireMachine()
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Model archives are read and written on little-endian machines only.");
        }
    }
}
