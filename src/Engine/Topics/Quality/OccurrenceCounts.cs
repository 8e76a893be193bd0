namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Number of windows (or documents) that contain each word of an index, and each pair of words that share a topic.</summary>
internal sealed class OccurrenceCounts(WordIndex index)
{
    /// <summary>Number of windows.</summary>
    public long Windows { get; set; }

    /// <summary>Number of windows with each word, by word number.</summary>
    public long[] Words { get; } = new long[index.Count];

    /// <summary>Number of windows with both words, by pair number.</summary>
    public long[] Pairs { get; } = new long[index.PairCount];

    /// <summary>Returns the number of windows with both words of one topic; for equal words, the number with the word.</summary>
    public long Of(int first, int second) => first == second ? Words[first] : Pairs[index.PairOf(first, second)];

    /// <summary>Adds the counts of other texts. Integer sums do not depend on the order.</summary>
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
