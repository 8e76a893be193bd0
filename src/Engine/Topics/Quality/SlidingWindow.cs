namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>
/// gensim's sliding window over a text: one bit per word, set when a token enters and cleared when a token leaves, even if the window
/// contains the same word again. This undercounts repeated words; published figures include the effect, so it is kept. Windows are not
/// counted one by one: a cleared bit adds the number of windows it was set, alone and together with each word of its topics. The cost
/// depends on the topic words in the text, not on the width of the window.
/// </summary>
internal sealed class SlidingWindow(WordIndex index, int size, OccurrenceCounts counts)
{
    /// <summary>Size of a window that contains any text entirely.</summary>
    public const int WholeText = int.MaxValue;

    /// <summary>First window in which each word's bit is set; −1 if it is not set.</summary>
    private readonly int[] _since = Unset(index.Count);

    /// <summary>Counts the windows of one text. A text shorter than the window is one window.</summary>
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

        // Each set bit belongs to a token of the last window, so these tokens clear all bits.
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
