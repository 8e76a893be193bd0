using System.Runtime.InteropServices;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words.Segmentation;

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
    private readonly WordSource _source;
    private char[] _joined = [];

    public VocabularyCounter(Vocabulary vocabulary, WordOptions options)
    {
        _vocabulary = vocabulary;
        _options = options;
        _source = new WordSource(options.Segmentation, options.Lowercase);
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
        _words.Clear();
        int[] starts = new int[tokens.Count + 1];
        for (int token = 0; token < tokens.Count; token++)
        {
            Append(tokens[token], isToken: true);
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
        _words.Clear();
        Append(text, isToken: false);
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

    /// <summary>Appends the words of a text, or of one of its tokens as written.</summary>
    private void Append(string text, bool isToken)
    {
        if (isToken && _options.Segmentation == WordSegmentation.Unicode)
        {
            // Characters around it decide how a script is split, so a token alone could be split again.
            Append(_options.Lowercase ? text.ToLowerInvariant() : text);
            return;
        }

        WordReader reader = _source.Read(text);
        while (reader.MoveNext())
        {
            Append(reader.Current);
        }
    }

    private void Append(ReadOnlySpan<char> word)
    {
        if (_stopWords.Contains(word))
        {
            return;
        }

        // Every word is followed by a space, so that a term of several words is contiguous.
        int start = _words.Count == 0 ? 0 : _words[^1].End + 1;
        int end = start + word.Length;
        if (end >= _joined.Length)
        {
            Array.Resize(ref _joined, Math.Max(end + 1, 2 * _joined.Length));
        }

        word.CopyTo(_joined.AsSpan(start));
        _joined[end] = ' ';
        _words.Add((start, end));
    }
}
