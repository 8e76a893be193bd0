namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Numbers the distinct words of all topics, so that counts can stand in flat arrays.</summary>
internal sealed class WordIndex
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    public WordIndex(IReadOnlyList<IReadOnlyList<string>> topics)
    {
        Topics = new int[topics.Count][];
        for (int topic = 0; topic < topics.Count; topic++)
        {
            Topics[topic] = [.. topics[topic].Select(Number)];
        }
    }

    /// <summary>Word that no topic has.</summary>
    public const int None = -1;

    public int Count => _numbers.Count;

    /// <summary>Word numbers of each topic.</summary>
    public int[][] Topics { get; }

    public int Find(string word) => _numbers.TryGetValue(word, out int number) ? number : None;

    private int Number(string word)
    {
        if (!_numbers.TryGetValue(word, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(word, number);
        }

        return number;
    }
}
