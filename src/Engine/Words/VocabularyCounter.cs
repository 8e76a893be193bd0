using System.Runtime.InteropServices;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Counts the terms of new texts over a known vocabulary; unknown terms are left out. Not thread-safe: it keeps its buffers.</summary>
internal sealed class VocabularyCounter
{
    private readonly Vocabulary _vocabulary;
    private readonly WordOptions _options;
    private readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> _stopWords;
    private readonly List<int> _columns = [];
    private readonly List<(int Start, int End)> _words = [];
    private char[] _lower = [];
    private char[] _joined = [];

    public VocabularyCounter(Vocabulary vocabulary, WordOptions options)
    {
        _vocabulary = vocabulary;
        _options = options;
        HashSet<string> stopWords = options.StopWords is HashSet<string> set && set.Comparer == StringComparer.Ordinal
            ? set
            : new HashSet<string>(options.StopWords, StringComparer.Ordinal);
        _stopWords = stopWords.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Counts each text as one row.</summary>
    public CsrMatrix<int> Count(IReadOnlyList<string> texts)
    {
        CsrBuilder<int> result = new(_vocabulary.Count, texts.Count);
        foreach (string text in texts)
        {
            Add(text);
            _columns.Sort();
            int[] counts = new int[_columns.Count];
            int distinct = 0;
            for (int i = 0; i < counts.Length; i++)
            {
                if (i > 0 && _columns[i] != _columns[i - 1])
                {
                    distinct++;
                }

                _columns[distinct] = _columns[i];
                counts[distinct]++;
            }

            distinct = counts.Length == 0 ? 0 : distinct + 1;
            result.AddRow(CollectionsMarshal.AsSpan(_columns)[..distinct], counts.AsSpan(0, distinct));
        }

        return result.Build();
    }

    private void Add(string text)
    {
        _columns.Clear();
        Join(text);
        for (int first = 0; first < _words.Count; first++)
        {
            int longest = Math.Min(_options.MaxNgram, _words.Count - first);
            for (int size = _options.MinNgram; size <= longest; size++)
            {
                // Words stand in the buffer one space apart, so a term of several words is one stretch of it.
                int start = _words[first].Start;
                if (_vocabulary.TryGetColumn(_joined.AsSpan(start, _words[first + size - 1].End - start), out int column))
                {
                    _columns.Add(column);
                }
            }
        }
    }

    private void Join(string text)
    {
        _words.Clear();
        if (_lower.Length < text.Length)
        {
            _lower = new char[text.Length];
            _joined = new char[text.Length + 1];
        }

        int length = 0;
        Tokenizer reader = new(text, _options.Lowercase, _lower);
        while (reader.MoveNext())
        {
            if (!_stopWords.Contains(reader.Current))
            {
                reader.Current.CopyTo(_joined.AsSpan(length));
                _words.Add((length, length + reader.Current.Length));
                length += reader.Current.Length + 1;
                _joined[length - 1] = ' ';
            }
        }
    }
}
