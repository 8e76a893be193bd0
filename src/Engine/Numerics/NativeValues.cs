using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Read-only numbers in memory outside the garbage-collected heap, valid until the owner of the memory is disposed.
/// </summary>
/// <typeparam name="T">Type of a number.</typeparam>
/// <param name="address">Address of the first number.</param>
/// <param name="length">Number of values.</param>
internal sealed class NativeValues<T>(nint address, int length) : MemoryManager<T>
    where T : unmanaged
{
    [SuppressMessage(
        "Reliability",
        "CA2000:Dispose objects before losing scope",
        Justification = "Owns nothing; the memory has another owner.")]
    public static Memory<T> Of(nint address, int length) => new NativeValues<T>(address, length).Memory;

    // No object contains this memory, so the garbage collector does not move it.
    public override Span<T> GetSpan() => MemoryMarshal.CreateSpan(ref Unsafe.AddByteOffset(ref Unsafe.NullRef<T>(), address), length);

    public override MemoryHandle Pin(int elementIndex = 0) =>
        throw new NotSupportedException("Native memory is not pinned: it does not move.");

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing)
    {
        // The memory has another owner.
    }
}
