using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Numbers in a mapped file, as memory. It is valid as long as its <see cref="ArchiveMapping"/> is not disposed, and may only be read.
/// </summary>
/// <typeparam name="T">Type of a number.</typeparam>
/// <param name="address">Where they begin.</param>
/// <param name="length">How many.</param>
internal sealed class MappedValues<T>(nint address, int length) : MemoryManager<T>
    where T : unmanaged
{
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "Owns nothing; the archive owns the mapping.")]
    public static Memory<T> Of(nint address, int length) => new MappedValues<T>(address, length).Memory;

    // A reference into memory that no object holds: the collector never moves it.
    public override Span<T> GetSpan() => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), address), length);

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("A mapped file is not pinned: it does not move.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        // The mapping ends with the archive's.
    }
}
