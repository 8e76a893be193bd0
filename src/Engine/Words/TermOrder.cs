namespace TopicGrpc.Engine.Words;

/// <summary>
/// Code-point order of terms of several words without their texts. Terms with the same first words are the children of the term of
/// these words, in a tree whose roots are the words; preorder, with children by their last word, is the order of the texts. This
/// requires that every character of a word sorts after the space between words.
/// </summary>
internal static class TermOrder
{
    /// <summary>Sorts terms.</summary>
    /// <param name="terms">Distinct terms; sorted on return.</param>
    /// <param name="pairs">Terms of several words: the term of all words but the last, and the last word.</param>
    /// <param name="words">Distinct words; the terms of one word have their numbers, the pairs the numbers after them.</param>
    public static void Sort(int[] terms, ReadOnlySpan<(int Head, int Last)> pairs, string[] words)
    {
        int[] wordOrder = [.. Enumerable.Range(0, words.Length)];
        CodePointOrder.Sort(wordOrder, word => words[word]);
        (int[] starts, int[] children) = Children(pairs, wordOrder);
        bool[] wanted = new bool[words.Length + pairs.Length];
        foreach (int term in terms)
        {
            wanted[term] = true;
        }

        int count = 0;
        Stack<int> open = [];
        foreach (int word in wordOrder)
        {
            open.Push(word);
            while (open.TryPop(out int term))
            {
                if (wanted[term])
                {
                    terms[count++] = term;
                }

                for (int child = starts[term + 1] - 1; child >= starts[term]; child--)
                {
                    open.Push(children[child]);
                }
            }
        }
    }

    /// <summary>Returns the children of every term by last word: two stable counting sorts, by last word and by head.</summary>
    private static (int[] Starts, int[] Children) Children(ReadOnlySpan<(int Head, int Last)> pairs, int[] wordOrder)
    {
        int words = wordOrder.Length;
        int[] rankOf = new int[words];
        for (int rank = 0; rank < words; rank++)
        {
            rankOf[wordOrder[rank]] = rank;
        }

        int[] places = new int[words + 1];
        foreach ((_, int last) in pairs)
        {
            places[rankOf[last] + 1]++;
        }

        Accumulate(places);
        int[] byLast = new int[pairs.Length];
        for (int pair = 0; pair < pairs.Length; pair++)
        {
            byLast[places[rankOf[pairs[pair].Last]]++] = pair;
        }

        int[] starts = new int[words + pairs.Length + 1];
        foreach ((int head, _) in pairs)
        {
            starts[head + 1]++;
        }

        Accumulate(starts);
        int[] next = starts[..^1];
        int[] children = new int[pairs.Length];
        foreach (int pair in byLast)
        {
            children[next[pairs[pair].Head]++] = words + pair;
        }

        return (starts, children);
    }

    private static void Accumulate(int[] counts)
    {
        for (int i = 1; i < counts.Length; i++)
        {
            counts[i] += counts[i - 1];
        }
    }
}
