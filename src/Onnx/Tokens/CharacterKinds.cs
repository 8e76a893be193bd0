namespace TopicGrpc.Onnx.Tokens;

/// <summary>Kinds of code points: a table for planes 0 and 1, a range search above.</summary>
internal static class CharacterKinds
{
    private const int TableSize = 0x20000;

    private static readonly CharacterKind[] Table = BuildTable();

    /// <summary>Returns the kind of a code point; surrogates are removed.</summary>
    public static CharacterKind Of(int codePoint) => codePoint < TableSize ? Table[codePoint] : Search(codePoint);

    private static CharacterKind Search(int codePoint) =>
        Contains(CharacterRanges.Ideograph, codePoint) ? CharacterKind.Ideograph
        : Contains(CharacterRanges.Removed, codePoint) ? CharacterKind.Removed
        : CharacterKind.Letter;

    private static bool Contains(ReadOnlySpan<int> ranges, int codePoint)
    {
        for (int i = ranges.Length - 2; i >= 0 && ranges[i + 1] >= codePoint; i -= 2)
        {
            if (ranges[i] <= codePoint)
            {
                return true;
            }
        }

        return false;
    }

    private static CharacterKind[] BuildTable()
    {
        var table = new CharacterKind[TableSize];
        Fill(table, CharacterRanges.Ideograph, CharacterKind.Ideograph);
        Fill(table, CharacterRanges.Removed, CharacterKind.Removed);
        Fill(table, CharacterRanges.Space, CharacterKind.Space);
        Fill(table, CharacterRanges.Punctuation, CharacterKind.Punctuation);
        Fill(table, [0xD800, 0xDFFF], CharacterKind.Removed);
        return table;
    }

    private static void Fill(CharacterKind[] table, ReadOnlySpan<int> ranges, CharacterKind kind)
    {
        for (int i = 0; i < ranges.Length && ranges[i] < TableSize; i += 2)
        {
            table.AsSpan(ranges[i], ranges[i + 1] - ranges[i] + 1).Fill(kind);
        }
    }
}
