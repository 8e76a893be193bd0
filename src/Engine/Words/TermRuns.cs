namespace TopicGrpc.Engine.Words;

/// <summary>Turns a list of columns with repetitions into distinct columns with counts.</summary>
internal static class TermRuns
{
    /// <summary>Sorts and counts in place.</summary>
    /// <param name="columns">Columns in any order; afterwards the distinct ones, ascending, at the front.</param>
    /// <param name="counts">As long; gets the count of each distinct column.</param>
    /// <returns>Number of distinct columns.</returns>
    public static int Collapse(Span<int> columns, Span<int> counts)
    {
        columns.Sort();
        int distinct = 0;
        for (int i = 0; i < columns.Length; i++)
        {
            if (i > 0 && columns[i] == columns[distinct - 1])
            {
                counts[distinct - 1]++;
            }
            else
            {
                columns[distinct] = columns[i];
                counts[distinct++] = 1;
            }
        }

        return distinct;
    }
}
