using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Numbers in native memory. They are valid until the <see cref="ArchiveMemory"/> is disposed, and may only be read.
/// </summary>
/// <typeparam name="T">Type of a number.</typeparam>
/// <param name="address">Where they begin.</param>
/// <param name="length">How many.</param>
internal sealed class NativeValues<T>(nint address, int length) : MemoryManager<T>
    where T : unmanaged
{
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "Owns nothing; the archive owns the memory.")]
    public static Memory<T> Of(nint address, int length) => new NativeValues<T>(address, length).Memory;

    // A reference into memory that no object holds: the collector never moves it.
    public override Span<T> GetSpan() => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), address), length);

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("Native memory is not pinned: it does not move.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        // The archive's memory owns the block.
    }
}
