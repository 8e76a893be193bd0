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
            Span<int> columns = CollectionsMarshal.AsSpan(_columns);
            int[] counts = new int[columns.Length];
            int distinct = TermRuns.Collapse(columns, counts);
            result.AddRow(columns[..distinct], counts.AsSpan(0, distinct));
        }

        return result.Build();
    }

    /// <summary>Finds the terms of a text that was cut into tokens; any stretch of them gives what its tokens joined by spaces would.</summary>
    public TokenTerms Read(IReadOnlyList<string> tokens)
    {
        Begin(tokens.Count == 0 ? 0 : tokens.Max(static token => token.Length), tokens.Sum(static token => token.Length));
        int[] starts = new int[tokens.Count + 1];
        for (int token = 0; token < tokens.Count; token++)
        {
            Append(tokens[token]);
            starts[token + 1] = _words.Count;
        }

        int sizes = _options.MaxNgram - _options.MinNgram + 1;
        int[] columns = new int[_words.Count * sizes];
        for (int first = 0; first < _words.Count; first++)
        {
            for (int size = 0; size < sizes; size++)
            {
                columns[(first * sizes) + size] = ColumnOf(first, _options.MinNgram + size);
            }
        }

        return new TokenTerms(starts, columns, sizes, _options.MinNgram);
    }

    private void Add(string text)
    {
        _columns.Clear();
        Begin(text.Length, text.Length);
        Append(text);
        for (int first = 0; first < _words.Count; first++)
        {
            for (int size = _options.MinNgram; size <= _options.MaxNgram; size++)
            {
                if (ColumnOf(first, size) is >= 0 and int column)
                {
                    _columns.Add(column);
                }
            }
        }
    }

    /// <summary>Column of the term of some words; −1 where they run over the end or the vocabulary lacks it.</summary>
    private int ColumnOf(int first, int size)
    {
        if (first + size > _words.Count)
        {
            return -1;
        }

        // Words stand in the buffer one space apart, so a term of several words is one stretch of it.
        int start = _words[first].Start;
        return _vocabulary.TryGetColumn(_joined.AsSpan(start, _words[first + size - 1].End - start), out int column) ? column : -1;
    }

    private void Begin(int longest, int total)
    {
        _words.Clear();
        if (_lower.Length < longest)
        {
            _lower = new char[longest];
        }

        // A word is followed by a space also where none stood: a dotted capital I ends one in the midst of a token.
        if (_joined.Length < 2 * total)
        {
            _joined = new char[2 * total];
        }
    }

    private void Append(string text)
    {
        int length = _words.Count == 0 ? 0 : _words[^1].End + 1;
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
