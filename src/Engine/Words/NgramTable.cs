using System.Runtime.InteropServices;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Numbers of terms of one or more words. A term of m words is the pair (term of the first m − 1 words, last word), so no
/// text is built before the vocabulary is known. The number of a one-word term is the word number.
/// </summary>
internal sealed class NgramTable(DocumentTokens tokens, WordOptions options)
{
    /// <summary>Odd, so the product with it maps the pairs one to one; it also mixes their bits for the hash table.</summary>
    private const ulong Multiplier = 0x9E3779B97F4A7C15;

    /// <summary>Terms of a block whose texts are built together.</summary>
    private const int TextBlock = 4096;

    private readonly Dictionary<ulong, int> _numbers = [];
    private readonly List<(int Head, int Last)> _pairs = [];

    /// <summary>Number of terms.</summary>
    public int Count => tokens.Tokens.Length + _pairs.Count;

    /// <summary>
    /// Appends the terms of a sequence of words, by ascending size. Unknown terms are numbered if <paramref name="learn"/>
    /// is true and skipped otherwise.
    /// </summary>
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

    /// <summary>Sorts terms by text, in code-point order.</summary>
    /// <param name="terms">Distinct term numbers; sorted on return.</param>
    /// <param name="compute">Number of threads that build the texts.</param>
    /// <param name="cancellationToken">Cancels between blocks of terms.</param>
    /// <returns>Texts of the sorted terms.</returns>
    public string[] Sort(int[] terms, ComputeOptions compute, CancellationToken cancellationToken)
    {
        if (_pairs.Count == 0 || Array.Exists(tokens.Tokens, static word => word.AsSpan().ContainsAnyInRange('\0', ' ')))
        {
            return CodePointOrder.Sort(terms, TextOf);
        }

        TermOrder.Sort(terms, CollectionsMarshal.AsSpan(_pairs), tokens.Tokens);
        string[] texts = new string[terms.Length];
        RowBlocks.Run(
            terms.Length,
            TextBlock,
            compute.Threads,
            (_, first, end) =>
            {
                for (int i = first; i < end; i++)
                {
                    texts[i] = TextOf(terms[i]);
                }
            },
            cancellationToken);
        return texts;
    }

    private int NumberOf(int head, int last, bool learn)
    {
        ulong key = (((ulong)(uint)head << 32) | (uint)last) * Multiplier;
        if (!learn)
        {
            return _numbers.TryGetValue(key, out int known) ? known : -1;
        }

        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(_numbers, key, out bool exists);
        if (!exists)
        {
            number = Count;
            _pairs.Add((head, last));
        }

        return number;
    }
}
