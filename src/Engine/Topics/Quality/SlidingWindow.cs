namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// The window that gensim slides over a text: one bit a word, set when a token enters and cleared when a token leaves,
/// even if the same word stands inside once more. Repeated words are thereby under-counted; published figures contain
/// this, so it is kept. Windows are not counted one by one: a bit that falls adds the stretch it stood, alone and beside
/// each word of its topics, so the cost is that of the topic words met and not of the window's width.
/// </summary>
internal sealed class SlidingWindow(WordIndex index, int size, OccurrenceCounts counts)
{
    /// <summary>Size of a window that holds any text whole.</summary>
    public const int WholeText = int.MaxValue;

    /// <summary>First window of the text that each word's bit stands in; −1: not set.</summary>
    private readonly int[] _since = Unset(index.Count);

    /// <summary>Counts every window of one text; a text shorter than the window is one window.</summary>
    /// <param name="tokens">Word numbers, <see cref="WordIndex.None"/> for others.</param>
    public void Slide(ReadOnlySpan<int> tokens)
    {
        int windows = Math.Max(1, tokens.Length - size + 1);
        int first = Math.Min(size, tokens.Length);
        for (int i = 0; i < first; i++)
        {
            Enter(tokens[i], 0);
        }

        for (int end = first; end < tokens.Length; end++)
        {
            int window = end - first + 1;
            Leave(tokens[end - first], window);
            Enter(tokens[end], window);
        }

        // A bit that stands was set by a token still inside, so the last window's tokens clear them all.
        foreach (int word in tokens[^first..])
        {
            Leave(word, windows);
        }

        counts.Windows += windows;
    }

    private static int[] Unset(int words)
    {
        int[] since = new int[words];
        Array.Fill(since, -1);
        return since;
    }

    private void Enter(int word, int window)
    {
        if (word != WordIndex.None && _since[word] < 0)
        {
            _since[word] = window;
        }
    }

    private void Leave(int word, int window)
    {
        if (word == WordIndex.None || _since[word] < 0)
        {
            return;
        }

        int since = _since[word];
        _since[word] = -1;
        counts.Words[word] += window - since;
        foreach ((int mate, int pair) in index.Mates[word])
        {
            if (_since[mate] >= 0)
            {
                counts.Pairs[pair] += window - Math.Max(since, _since[mate]);
            }
        }
    }
}
