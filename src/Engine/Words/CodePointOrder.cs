namespace TopicGrpc.Engine.Words;

/// <summary>
/// Order of strings by code point, as in Python. UTF-16 order differs: a surrogate (supplementary character) must sort
/// after U+E000 … U+FFFF.
/// </summary>
internal sealed class CodePointOrder : IComparer<string>
{
    private CodePointOrder()
    {
    }

    public static CodePointOrder Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> left = x;
        ReadOnlySpan<char> right = y;
        int common = left.CommonPrefixLength(right);
        return common == left.Length || common == right.Length
            ? left.Length.CompareTo(right.Length)
            : Weight(left[common]).CompareTo(Weight(right[common]));
    }

    /// <summary>
    /// Sorts <paramref name="items"/> by their distinct terms. A 64-bit prefix of four characters decides most comparisons.
    /// </summary>
    /// <param name="items">Items; sorted on return.</param>
    /// <param name="term">Returns the term of an item. Called once per item: the terms of several words are built by it.</param>
    /// <returns>Terms in the order of the sorted items.</returns>
    public static string[] Sort(int[] items, Func<int, string> term)
    {
        string[] terms = Array.ConvertAll(items, item => term(item));
        ulong[] keys = Array.ConvertAll(terms, Prefix);
        int[] order = [.. Enumerable.Range(0, items.Length)];
        Array.Sort(keys, order);
        IComparer<int> byTerm = Comparer<int>.Create((a, b) => Instance.Compare(terms[a], terms[b]));
        for (int start = 0; start < order.Length;)
        {
            int end = start + 1;
            while (end < order.Length && keys[end] == keys[start])
            {
                end++;
            }

            if (end - start > 1)
            {
                order.AsSpan(start, end - start).Sort(byTerm.Compare);
            }

            start = end;
        }

        int[] before = [.. items];
        string[] sorted = new string[order.Length];
        for (int place = 0; place < order.Length; place++)
        {
            items[place] = before[order[place]];
            sorted[place] = terms[order[place]];
        }

        return sorted;
    }

    private static ulong Prefix(string term)
    {
        ulong prefix = 0;
        for (int i = 0; i < 4; i++)
        {
            prefix = (prefix << 16) | (i < term.Length ? Weight(term[i]) : (ulong)0);
        }

        return prefix;
    }

    private static ushort Weight(char c) => (ushort)(c < 0xD800 ? c : c < 0xE000 ? c + 0x2000 : c - 0x800);
}
