using System.Numerics;

namespace TopicGrpc.Engine.Numerics;

/// <summary>Quickselect (Hoare 1961) of items by their keys.</summary>
internal static class MedianSplit
{
    /// <summary>
    /// Partitions the items. Postcondition: keys before <paramref name="middle"/> are less than or equal to keys from
    /// <paramref name="middle"/> on, of which the first is the smallest.
    /// </summary>
    /// <param name="keys">Key of each item; not NaN.</param>
    /// <param name="items">The items; reordered with their keys. Empty for keys without items.</param>
    /// <param name="middle">Number of items of the first part.</param>
    public static void Partition<TKey>(Span<TKey> keys, Span<int> items, int middle)
        where TKey : struct, IFloatingPointIeee754<TKey>
    {
        int first = 0;
        int last = keys.Length - 1;
        while (first < last)
        {
            TKey pivot = MedianOfThree(keys[first], keys[first + ((last - first) / 2)], keys[last]);
            int low = first;
            int high = last;
            while (low <= high)
            {
                while (keys[low] < pivot)
                {
                    low++;
                }

                while (keys[high] > pivot)
                {
                    high--;
                }

                if (low <= high)
                {
                    (keys[low], keys[high]) = (keys[high], keys[low]);
                    if (!items.IsEmpty)
                    {
                        (items[low], items[high]) = (items[high], items[low]);
                    }

                    low++;
                    high--;
                }
            }

            if (middle <= high)
            {
                last = high;
            }
            else if (middle >= low)
            {
                first = low;
            }
            else
            {
                return;
            }
        }
    }

    private static TKey MedianOfThree<TKey>(TKey a, TKey b, TKey c)
        where TKey : struct, IFloatingPointIeee754<TKey> => TKey.Max(TKey.Min(a, b), TKey.Min(TKey.Max(a, b), c));
}
