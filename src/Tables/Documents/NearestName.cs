namespace TopicGrpc.Tables.Documents;

/// <summary>Suggests a name for one that does not exist.</summary>
internal static class NearestName
{
    private const int LongestName = 64;

    /// <summary>Returns the name with the fewest edits, regardless of case; null if none is close.</summary>
    public static string? Of(string wanted, IEnumerable<string> names)
    {
        string? nearest = null;
        int fewest = Math.Max(1, wanted.Length / 3) + 1;
        foreach (string name in names)
        {
            if (name.Length > LongestName || wanted.Length > LongestName)
            {
                continue;
            }

            int edits = Edits(wanted.ToUpperInvariant(), name.ToUpperInvariant());
            if (edits < fewest)
            {
                fewest = edits;
                nearest = name;
            }
        }

        return nearest;
    }

    // Levenshtein distance, one row at a time.
    private static int Edits(string left, string right)
    {
        int[] row = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int above = row[j];
                int replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                row[j] = Math.Min(replaced, Math.Min(above, row[j - 1]) + 1);
                diagonal = above;
            }
        }

        return row[^1];
    }
}
