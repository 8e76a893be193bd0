using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Views arrays as the bytes of a file. Files are little-endian, like all processors that .NET 10 supports except s390x, which is rejected.
/// </summary>
internal static class LittleEndian
{
    /// <summary>Returns the memory of the values, not a copy.</summary>
    public static ReadOnlySpan<byte> Bytes<T>(ReadOnlySpan<T> values)
        where T : struct
    {
        RequireMachine();
        return MemoryMarshal.AsBytes(values);
    }

    /// <summary>Returns the memory of an array, to fill it from a file.</summary>
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
            throw new PlatformNotSupportedException("Model archives require a little-endian processor.");
        }
    }
}
