namespace TopicGrpc.Engine.Neighbors;

/// <summary>
/// The candidate lists at the start of a round, with a mark for the entries that the last round added. A fresh entry is
/// stored as its complement, so that one number holds both.
/// </summary>
internal sealed class ListSnapshot
{
    private readonly int[] _entries;

    public ListSnapshot(int rows, int capacity)
    {
        Capacity = capacity;
        _entries = new int[checked(rows * capacity)];
        _entries.AsSpan().Fill(int.MaxValue);
    }

    /// <summary>Entries per row.</summary>
    public int Capacity { get; }

    /// <summary>Returns the entries of a row; <see cref="int.MaxValue"/> for an empty place.</summary>
    public ReadOnlySpan<int> Row(int row) => _entries.AsSpan(row * Capacity, Capacity);

    /// <summary>Returns the row number of an entry.</summary>
    public static int Target(int entry) => entry < 0 ? ~entry : entry;

    /// <summary>Copies rows from the lists. Returns the number of fresh entries: those that the previous snapshot lacks.</summary>
    public long Take(CandidateLists lists, int start, int end)
    {
        long fresh = 0;
        Span<int> before = stackalloc int[Capacity];
        for (int row = start; row < end; row++)
        {
            Span<int> entries = _entries.AsSpan(row * Capacity, Capacity);
            for (int i = 0; i < before.Length; i++)
            {
                before[i] = Target(entries[i]);
            }

            lists.Row(row).CopyTo(entries);
            foreach (ref int entry in entries)
            {
                if (entry != int.MaxValue && !before.Contains(entry))
                {
                    entry = ~entry;
                    fresh++;
                }
            }
        }

        return fresh;
    }
}
