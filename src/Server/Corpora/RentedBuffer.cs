using System.Buffers;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// A growing list in an array of the shared pool. Chunks and records are large: in arrays of their own, each would bring the next
/// collection of the whole heap closer. Not thread-safe.
/// </summary>
internal sealed class RentedBuffer<T>
    where T : unmanaged
{
    private T[] _items;

    /// <summary>Creates an empty list.</summary>
    /// <param name="capacity">Items that fit without a copy.</param>
    public RentedBuffer(int capacity) => _items = ArrayPool<T>.Shared.Rent(capacity);

    /// <summary>Number of items.</summary>
    public int Count { get; private set; }

    /// <summary>The items, valid until the next <see cref="Append"/> or <see cref="Release"/>.</summary>
    public ReadOnlyMemory<T> Items => _items.AsMemory(0, Count);

    /// <summary>Returns some of the items, valid as <see cref="Items"/>.</summary>
    public ReadOnlySpan<T> Slice(int start, int count) => _items.AsSpan(0, Count).Slice(start, count);

    /// <summary>Adds items and returns them for the caller to set.</summary>
    public Span<T> Append(int count)
    {
        int end = checked(Count + count);
        if (end > _items.Length)
        {
            T[] larger = ArrayPool<T>.Shared.Rent((int)Math.Max(end, Math.Min(2L * _items.Length, Array.MaxLength)));
            _items.AsSpan(0, Count).CopyTo(larger);
            Release();
            _items = larger;
        }

        Span<T> added = _items.AsSpan(Count, count);
        Count = end;
        return added;
    }

    /// <summary>
    /// Returns the array to the pool. Only a caller that knows that no thread reads the items may do so; otherwise the garbage collector
    /// takes them.
    /// </summary>
    public void Release()
    {
        T[] items = _items;
        _items = [];
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items);
        }
    }
}
