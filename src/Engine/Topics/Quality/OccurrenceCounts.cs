namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>In how many windows (or documents) each word, and each pair of words, occurs.</summary>
internal sealed class OccurrenceCounts(int words)
{
    private readonly int[] _pairs = new int[checked(words * words)];

    /// <summary>Windows counted.</summary>
    public long Windows { get; private set; }

    /// <summary>Windows that hold both words; for a word with itself, the windows that hold it.</summary>
    public int Of(int first, int second) => _pairs[(Math.Min(first, second) * words) + Math.Max(first, second)];

    public void Add(ReadOnlySpan<int> present)
    {
        Windows++;
        for (int i = 0; i < present.Length; i++)
        {
            for (int j = i; j < present.Length; j++)
            {
                _pairs[(Math.Min(present[i], present[j]) * words) + Math.Max(present[i], present[j])]++;
            }
        }
    }
}
