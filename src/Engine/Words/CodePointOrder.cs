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
    public static void Sort(int[] items, Func<int, string> term)
    {
        ulong[] keys = Array.ConvertAll(items, item => Prefix(term(item)));
        Array.Sort(keys, items);
        IComparer<int> byTerm = Comparer<int>.Create((a, b) => Instance.Compare(term(a), term(b)));
        for (int start = 0; start < items.Length;)
        {
            int end = start + 1;
            while (end < items.Length && keys[end] == keys[start])
            {
                end++;
            }

            items.AsSpan(start, end - start).Sort(byTerm.Compare);
            start = end;
        }
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
