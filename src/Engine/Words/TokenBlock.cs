using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Words;

/// <summary>Words of one block of documents, numbered within the block. Each stop word is looked up once.</summary>
internal sealed class TokenBlock
{
    private const int StopWord = -1;
    private readonly WordSource _source;
    private readonly HashSet<string> _stopWords;
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private int[] _ids = new int[1 << 14];

    public TokenBlock(WordOptions options, HashSet<string> stopWords)
    {
        _source = new WordSource(options.Segmentation, options.Lowercase);
        _stopWords = stopWords;
        _lookup = _numbers.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Distinct words in order of first appearance.</summary>
    public List<string> Tokens { get; } = [];

    public int Count { get; private set; }

    public Span<int> Ids => _ids.AsSpan(0, Count);

    /// <summary>Appends the words of a document.</summary>
    /// <returns>Number of words, without stop words.</returns>
    public int Add(string text)
    {
        int before = Count;
        WordReader reader = _source.Read(text);
        while (reader.MoveNext())
        {
            int number = NumberOf(reader.Current);
            if (number != StopWord)
            {
                Append(number);
            }
        }

        return Count - before;
    }

    private int NumberOf(ReadOnlySpan<char> token)
    {
        if (_lookup.TryGetValue(token, out int number))
        {
            return number;
        }

        string word = token.ToString();
        number = _stopWords.Contains(word) ? StopWord : Tokens.Count;
        _numbers.Add(word, number);
        if (number != StopWord)
        {
            Tokens.Add(word);
        }

        return number;
    }

    private void Append(int number)
    {
        if (Count == _ids.Length)
        {
            Array.Resize(ref _ids, 2 * _ids.Length);
        }

        _ids[Count++] = number;
    }
}
