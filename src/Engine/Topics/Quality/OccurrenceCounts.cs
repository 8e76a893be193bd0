namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>In how many windows (or documents) each word of an index occurs, and each pair of words that share a topic.</summary>
internal sealed class OccurrenceCounts(WordIndex index)
{
    /// <summary>Windows counted.</summary>
    public long Windows { get; set; }

    /// <summary>Windows that hold a word, by its number.</summary>
    public long[] Words { get; } = new long[index.Count];

    /// <summary>Windows that hold both words, by number of the pair.</summary>
    public long[] Pairs { get; } = new long[index.PairCount];

    /// <summary>Windows that hold both words of one topic; for a word with itself, the windows that hold it.</summary>
    public long Of(int first, int second) => first == second ? Words[first] : Pairs[index.PairOf(first, second)];

    /// <summary>Adds the counts of other texts; whole numbers, so their order does not matter.</summary>
    public void Add(OccurrenceCounts other)
    {
        Windows += other.Windows;
        Add(Words, other.Words);
        Add(Pairs, other.Pairs);
    }

    private static void Add(long[] target, long[] source)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += source[i];
        }
    }
}
