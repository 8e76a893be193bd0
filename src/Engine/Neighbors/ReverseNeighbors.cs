using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>Reverse neighbors: for each row, the rows that have it in their lists, sampled down to 24.</summary>
internal sealed class ReverseNeighbors
{
    /// <summary>Maximum number of reverse neighbors per row.</summary>
    public const int Most = 24;

    private readonly ListSnapshot _lists;
    private readonly int[] _counts;
    private readonly int[] _sources;

    public ReverseNeighbors(ListSnapshot lists, int rows)
    {
        _lists = lists;
        _counts = new int[rows];
        _sources = new int[checked(rows * Most)];
    }

    /// <summary>
    /// Samples the reverse neighbors of all rows. A thread owns a range of targets and reads all lists in row order, so the
    /// sample does not depend on the number of threads.
    /// </summary>
    /// <param name="key">Key of the random draws of the round.</param>
    /// <param name="threads">Number of threads.</param>
    /// <param name="cancellationToken">Cancels between ranges.</param>
    public void Sample(ulong key, int threads, CancellationToken cancellationToken)
    {
        _counts.AsSpan().Clear();
        int range = Math.Max(1, RowBlocks.Count(_counts.Length, Math.Max(1, threads)));
        RowBlocks.Run(_counts.Length, range, threads, (_, start, end) => Sample(start, end, key), cancellationToken);
    }

    /// <summary>Collects the neighbors and reverse neighbors of a row, the fresh ones first.</summary>
    /// <param name="row">Row number.</param>
    /// <param name="members">Receives the row numbers.</param>
    /// <returns>The number of members, and how many of them are fresh.</returns>
    public (int Count, int Fresh) Members(int row, Span<int> members)
    {
        int count = 0;
        int fresh = 0;
        foreach (int entry in _lists.Row(row))
        {
            if (entry != int.MaxValue)
            {
                Insert(members, ref count, ref fresh, entry);
            }
        }

        foreach (int entry in _sources.AsSpan(row * Most, Math.Min(Most, _counts[row])))
        {
            if (!members[..count].Contains(ListSnapshot.Target(entry)))
            {
                Insert(members, ref count, ref fresh, entry);
            }
        }

        return (count, fresh);
    }

    private static void Insert(Span<int> members, ref int count, ref int fresh, int entry)
    {
        members[count] = ListSnapshot.Target(entry);
        if (entry < 0)
        {
            (members[fresh], members[count]) = (members[count], members[fresh]);
            fresh++;
        }

        count++;
    }

    private void Sample(int start, int end, ulong key)
    {
        for (int source = 0; source < _counts.Length; source++)
        {
            foreach (int entry in _lists.Row(source))
            {
                int target = ListSnapshot.Target(entry);
                if (target >= start && target < end)
                {
                    Keep(target, entry < 0 ? ~source : source, key);
                }
            }
        }
    }

    /// <summary>Reservoir sampling (Vitter 1985): after m sources, each is kept with equal probability.</summary>
    private void Keep(int target, int source, ulong key)
    {
        int seen = _counts[target]++;
        int place = seen < Most ? seen : CounterRandom.Below(seen + 1, key, ((long)target << 32) + seen);
        if (place < Most)
        {
            _sources[(target * Most) + place] = source;
        }
    }
}
