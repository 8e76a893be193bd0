using System.Runtime.InteropServices;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Counter of the terms of new texts over a fixed vocabulary; other terms are skipped. Reuses its buffers; not thread-safe.
/// </summary>
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

    /// <summary>Counts the terms of each text, texts × terms.</summary>
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

    /// <summary>Finds the terms of a tokenized text. A range of tokens has the same terms as its tokens joined by spaces.</summary>
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

    /// <summary>
    /// Returns the column of the term of <paramref name="size"/> words; −1 past the end or if it is not in the vocabulary.
    /// </summary>
    private int ColumnOf(int first, int size)
    {
        if (first + size > _words.Count)
        {
            return -1;
        }

        // Words are separated by single spaces in the buffer, so an n-gram is a contiguous span.
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

        // Every word is followed by a space, even within a token: İ ends a word (see <see cref="Tokenizer"/>), hence twice the length.
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
