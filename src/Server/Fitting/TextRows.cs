namespace TopicGrpc.Server.Fitting;

/// <summary>Rows of a fit by the key of their text. Documents with the same text share a key.</summary>
internal sealed class TextRows
{
    private readonly UInt128[] _sorted;
    private readonly int[] _rows;

    /// <param name="keys">Key of each row, see <see cref="EmbeddingCache.KeyOf"/>.</param>
    public TextRows(UInt128[] keys)
    {
        _sorted = [.. keys];
        _rows = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(_sorted, _rows);
    }

    /// <summary>Returns the rows of a key; none for an unknown one.</summary>
    public ReadOnlySpan<int> Of(UInt128 key)
    {
        int start = Array.BinarySearch(_sorted, key);
        if (start < 0)
        {
            return [];
        }

        int end = start + 1;
        while (start > 0 && _sorted[start - 1] == key)
        {
            start--;
        }

        while (end < _sorted.Length && _sorted[end] == key)
        {
            end++;
        }

        return _rows.AsSpan(start, end - start);
    }
}
