using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Segmentation;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>
/// Counter of words and of pairs of adjacent words with a named word. A stop word or a number between two words separates them, and so
/// do scripts whose words overlap. Not thread-safe.
/// </summary>
internal sealed class PairCounter
{
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly List<string> _texts = [];
    private readonly List<int> _counts = [];
    private readonly List<bool> _isNamed = [];
    private readonly Dictionary<(int First, int Second), int> _pairs = [];
    private readonly HashSet<string> _named;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _stopWords;
    private readonly WordSource _source;

    public PairCounter(IEnumerable<string> named, WordOptions options, HashSet<string> stopWords)
    {
        _named = new HashSet<string>(named, StringComparer.Ordinal);
        _lookup = _words.GetAlternateLookup<ReadOnlySpan<char>>();
        _stopWords = stopWords.GetAlternateLookup<ReadOnlySpan<char>>();
        _source = new WordSource(options.Segmentation, options.Lowercase);
    }

    /// <summary>Number of words without stop words.</summary>
    public long Total { get; private set; }

    /// <summary>Pairs with a named word and their counts.</summary>
    public IEnumerable<((string First, string Second) Pair, int Count)> Pairs =>
        _pairs.Select(pair => ((_texts[pair.Key.First], _texts[pair.Key.Second]), pair.Value));

    public int CountOf(string word) => _words.TryGetValue(word, out int number) ? _counts[number] : 0;

    public void Add(string text)
    {
        const int None = -1;
        int before = None;
        WordReader reader = _source.Read(text);
        while (reader.MoveNext())
        {
            if (_stopWords.Contains(reader.Current) || !CanPair(reader.Current))
            {
                before = None;
                continue;
            }

            int number = NumberOf(reader.Current);
            _counts[number]++;
            Total++;
            if (before != None && before != number && (_isNamed[before] || _isNamed[number]))
            {
                CollectionsMarshal.GetValueRefOrAddDefault(_pairs, (before, number), out _)++;
            }

            before = number;
        }
    }

    private static bool CanPair(ReadOnlySpan<char> word)
    {
        Rune.DecodeFromUtf16(word, out Rune first, out _);
        return Rune.GetUnicodeCategory(first) != UnicodeCategory.DecimalDigitNumber
            && CharacterClasses.Of(first) is CharacterClass.Letter or CharacterClass.Hangul;
    }

    private int NumberOf(ReadOnlySpan<char> word)
    {
        if (_lookup.TryGetValue(word, out int number))
        {
            return number;
        }

        string text = word.ToString();
        number = _texts.Count;
        _words.Add(text, number);
        _texts.Add(text);
        _counts.Add(0);
        _isNamed.Add(_named.Contains(text));
        return number;
    }
}
