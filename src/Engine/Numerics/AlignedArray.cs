using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A pinned array whose first element is aligned to a cache line (64 bytes), so that a load of one 512-bit vector touches one
/// line. An ordinary array has no such alignment, and the garbage collector may move it.
/// </summary>
/// <typeparam name="T">Element type.</typeparam>
internal readonly struct AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _values;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Allocates zeros.</summary>
    /// <param name="length">Number of elements.</param>
    public AlignedArray(int length)
    {
        int size = Marshal.SizeOf<T>();
        _values = GC.AllocateArray<T>(checked(length + (LineBytes / size)), pinned: true);
        nint past = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) & (LineBytes - 1);
        _start = past == 0 ? 0 : (int)(LineBytes - past) / size;
        _length = length;
    }

    /// <summary>All elements.</summary>
    public Span<T> Span => _values.AsSpan(_start, _length);

    /// <summary>Reference to the first element, for loops that use unchecked offsets.</summary>
    public ref T Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _values[_start];
    }
}
