namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// Numbers of the distinct words of all topics and of the pairs of words that share a topic. Only these are counted, so counts stay
/// small for any number of topics.
/// </summary>
internal sealed class WordIndex
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<(int Lower, int Higher), int> _pairs = [];

    public WordIndex(IReadOnlyList<IReadOnlyList<string>> topics)
    {
        Topics = new int[topics.Count][];
        for (int topic = 0; topic < topics.Count; topic++)
        {
            Topics[topic] = [.. topics[topic].Select(Number)];
        }

        List<(int Word, int Pair)>[] mates = [.. _numbers.Select(_ => new List<(int Word, int Pair)>())];
        foreach (int[] words in Topics)
        {
            for (int i = 0; i < words.Length; i++)
            {
                for (int j = i + 1; j < words.Length; j++)
                {
                    AddPair(words[i], words[j], mates);
                }
            }
        }

        Mates = Array.ConvertAll(mates, static list => list.ToArray());
    }

    /// <summary>Number of a word that is in no topic.</summary>
    public const int None = -1;

    /// <summary>Number of distinct words.</summary>
    public IReadOnlyCollection<string> Words => _numbers.Keys;

    public int Count => _numbers.Count;

    public int PairCount => _pairs.Count;

    /// <summary>Word numbers of each topic.</summary>
    public int[][] Topics { get; }

    /// <summary>For each word, the words that share a topic with it, and the numbers of these pairs.</summary>
    public (int Word, int Pair)[][] Mates { get; }

    public int Find(string word) => _numbers.GetValueOrDefault(word, None);

    /// <summary>Returns the number of the pair of two different words of one topic.</summary>
    public int PairOf(int first, int second) => _pairs[(Math.Min(first, second), Math.Max(first, second))];

    private int Number(string word)
    {
        if (!_numbers.TryGetValue(word, out int number))
        {
            number = _numbers.Count;
            _numbers.Add(word, number);
        }

        return number;
    }

    private void AddPair(int first, int second, List<(int Word, int Pair)>[] mates)
    {
        if (first != second && _pairs.TryAdd((Math.Min(first, second), Math.Max(first, second)), _pairs.Count))
        {
            mates[first].Add((second, _pairs.Count - 1));
            mates[second].Add((first, _pairs.Count - 1));
        }
    }
}
