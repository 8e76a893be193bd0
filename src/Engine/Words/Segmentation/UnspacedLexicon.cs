namespace TopicGrpc.Engine.Words.Segmentation;

/// <summary>Words of scripts without spaces: Thai function words and frequent Thai words. The longest match from a position wins.</summary>
internal static class UnspacedLexicon
{
    private static readonly HashSet<string> Words = Read();
    private static readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup = Words.GetAlternateLookup<ReadOnlySpan<char>>();
    private static readonly int Longest = Words.Max(static word => word.Length);

    /// <summary>Finds the longest word at a group of characters.</summary>
    /// <param name="text">The run of characters.</param>
    /// <param name="starts">Start of each group.</param>
    /// <param name="first">First group of the word.</param>
    /// <returns>Number of groups of the word; 0 if no word starts here.</returns>
    public static int Match(ReadOnlySpan<char> text, ReadOnlySpan<int> starts, int first)
    {
        int best = 0;
        for (int end = first + 1; end <= starts.Length; end++)
        {
            int after = end < starts.Length ? starts[end] : text.Length;
            if (after - starts[first] > Longest)
            {
                break;
            }

            best = Lookup.Contains(text[starts[first]..after]) ? end - first : best;
        }

        return best;
    }

    private static HashSet<string> Read() => new(
        [.. WordList.Read("stopwords.th.txt"), .. WordList.Read("thai-words.txt")], StringComparer.Ordinal);
}
