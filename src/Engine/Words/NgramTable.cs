namespace TopicGrpc.Engine.Words;

/// <summary>
/// Numbers for terms of one word and more. A term of m words is the pair of the term of its first m − 1 words and its last
/// word, so no text is built until the vocabulary is known. One-word terms keep the word's number.
/// </summary>
internal sealed class NgramTable(DocumentTokens tokens, WordOptions options)
{
    private readonly Dictionary<(int Head, int Last), int> _numbers = [];
    private readonly List<(int Head, int Last)> _pairs = [];

    /// <summary>Numbers in use, from 0.</summary>
    public int Count => tokens.Tokens.Length + _pairs.Count;

    /// <summary>Adds the terms of a sequence of words: all of one word, then all of two, and so on; new ones get numbers if <paramref name="learn"/>, else they are left out.</summary>
    public void Collect(ReadOnlySpan<int> words, bool learn, List<int> terms)
    {
        if (options.MinNgram == 1)
        {
            terms.AddRange(words);
        }

        if (options.MaxNgram == 1)
        {
            return;
        }

        int[] heads = words.ToArray();
        for (int size = 2; size <= Math.Min(options.MaxNgram, words.Length); size++)
        {
            for (int start = 0; start + size <= words.Length; start++)
            {
                heads[start] = heads[start] < 0 ? -1 : NumberOf(heads[start], words[start + size - 1], learn);
                if (size >= options.MinNgram && heads[start] >= 0)
                {
                    terms.Add(heads[start]);
                }
            }
        }
    }

    public string TextOf(int term)
    {
        if (term < tokens.Tokens.Length)
        {
            return tokens.Tokens[term];
        }

        (int head, int last) = _pairs[term - tokens.Tokens.Length];
        return $"{TextOf(head)} {tokens.Tokens[last]}";
    }

    private int NumberOf(int head, int last, bool learn)
    {
        if (_numbers.TryGetValue((head, last), out int number))
        {
            return number;
        }

        if (!learn)
        {
            return -1;
        }

        number = Count;
        _numbers.Add((head, last), number);
        _pairs.Add((head, last));
        return number;
    }
}
