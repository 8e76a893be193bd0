using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// Reverse neighbors: for each row, the rows that have it in their lists, sampled down to 24. An entry is fresh if it
/// entered a list in the last round; only pairs with a fresh member need a comparison.
/// </summary>
internal sealed class ReverseNeighbors
{
    /// <summary>Maximum number of reverse neighbors per row.</summary>
    public const int Most = 24;

    private readonly int[] _counts;
    private readonly int[] _sources;
    private readonly bool[] _fresh;

    public ReverseNeighbors(CandidateLists now, CandidateLists before, int rows, ulong key)
    {
        _counts = new int[rows];
        _sources = new int[checked(rows * Most)];
        _fresh = new bool[_sources.Length];
        for (int source = 0; source < rows; source++)
        {
            foreach (int target in now.Row(source))
            {
                if (target != int.MaxValue)
                {
                    bool fresh = !before.Row(source).Contains(target);
                    Fresh += fresh ? 1 : 0;
                    Keep(target, source, fresh, key);
                }
            }
        }
    }

    /// <summary>Number of list entries that the last round added.</summary>
    public long Fresh { get; private set; }

    /// <summary>Collects the neighbors and reverse neighbors of a row, the fresh ones first.</summary>
    /// <param name="now">Current lists.</param>
    /// <param name="before">Lists of the previous round.</param>
    /// <param name="row">Row number.</param>
    /// <param name="members">Receives the row numbers.</param>
    /// <returns>The number of members, and how many of them are fresh.</returns>
    public (int Count, int Fresh) Members(CandidateLists now, CandidateLists before, int row, Span<int> members)
    {
        int count = 0;
        int fresh = 0;
        foreach (int target in now.Row(row))
        {
            if (target != int.MaxValue)
            {
                Insert(members, ref count, ref fresh, target, !before.Row(row).Contains(target));
            }
        }

        for (int i = row * Most; i < (row * Most) + Math.Min(Most, _counts[row]); i++)
        {
            if (!members[..count].Contains(_sources[i]))
            {
                Insert(members, ref count, ref fresh, _sources[i], _fresh[i]);
            }
        }

        return (count, fresh);
    }

    private static void Insert(Span<int> members, ref int count, ref int fresh, int row, bool isFresh)
    {
        members[count] = row;
        if (isFresh)
        {
            (members[fresh], members[count]) = (members[count], members[fresh]);
            fresh++;
        }

        count++;
    }

    /// <summary>Reservoir sampling (Vitter 1985): after m sources, each is kept with equal probability.</summary>
    private void Keep(int target, int source, bool fresh, ulong key)
    {
        int seen = _counts[target]++;
        int place = seen < Most ? seen : CounterRandom.Below(seen + 1, key, ((long)target << 32) + seen);
        if (place < Most)
        {
            _sources[(target * Most) + place] = source;
            _fresh[(target * Most) + place] = fresh;
        }
    }
}
