namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// The window that gensim slides over a text: one bit a word, set when a token enters and cleared when a token leaves,
/// even if the same word stands inside once more. Repeated words are thereby under-counted; published figures contain
/// this, so it is kept.
/// </summary>
internal sealed class SlidingWindow(int words, int size, OccurrenceCounts counts)
{
    private readonly int[] _position = CreatePositions(words);
    private readonly int[] _present = new int[words];
    private int _presentCount;

    /// <summary>Counts every window of one text; a text shorter than the window is one window.</summary>
    /// <param name="tokens">Word numbers, <see cref="WordIndex.None"/> for others.</param>
    public void Slide(ReadOnlySpan<int> tokens)
    {
        Clear();
        int first = Math.Min(size, tokens.Length);
        for (int i = 0; i < first; i++)
        {
            Set(tokens[i]);
        }

        counts.Add(_present.AsSpan(0, _presentCount));
        for (int end = size; end < tokens.Length; end++)
        {
            Unset(tokens[end - size]);
            Set(tokens[end]);
            counts.Add(_present.AsSpan(0, _presentCount));
        }
    }

    private static int[] CreatePositions(int words)
    {
        int[] positions = new int[words];
        Array.Fill(positions, -1);
        return positions;
    }

    private void Clear()
    {
        for (int i = 0; i < _presentCount; i++)
        {
            _position[_present[i]] = -1;
        }

        _presentCount = 0;
    }

    private void Set(int word)
    {
        if (word != WordIndex.None && _position[word] < 0)
        {
            _position[word] = _presentCount;
            _present[_presentCount++] = word;
        }
    }

    private void Unset(int word)
    {
        if (word == WordIndex.None || _position[word] < 0)
        {
            return;
        }

        int last = _present[--_presentCount];
        _present[_position[word]] = last;
        _position[last] = _position[word];
        _position[word] = -1;
    }
}
