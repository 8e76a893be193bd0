using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// Numbers that start at a multiple of a cache line, so that a vector of 64 bytes is read from one line, not two. Ordinary
/// arrays start anywhere, and the collector may move them; this one is pinned.
/// </summary>
/// <typeparam name="T">Type of a number.</typeparam>
internal readonly struct AlignedArray<T>
    where T : unmanaged
{
    private const int LineBytes = 64;

    private readonly T[] _values;
    private readonly int _start;
    private readonly int _length;

    /// <summary>Creates zeros.</summary>
    /// <param name="length">How many.</param>
    public AlignedArray(int length)
    {
        int size = Marshal.SizeOf<T>();
        _values = GC.AllocateArray<T>(checked(length + (LineBytes / size)), pinned: true);
        nint past = Marshal.UnsafeAddrOfPinnedArrayElement(_values, 0) & (LineBytes - 1);
        _start = past == 0 ? 0 : (int)(LineBytes - past) / size;
        _length = length;
    }

    /// <summary>The numbers.</summary>
    public Span<T> Span => _values.AsSpan(_start, _length);

    /// <summary>The first number; unchecked loops count from here.</summary>
    public ref T Origin
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => ref _values[_start];
    }
}
