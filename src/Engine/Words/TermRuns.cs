namespace TopicGrpc.Engine.Words;

/// <summary>Run-length encoding of sorted columns.</summary>
internal static class TermRuns
{
    /// <summary>Sorts the columns and counts repetitions, in place.</summary>
    /// <param name="columns">Columns in any order; on return, the distinct columns, ascending, at the front.</param>
    /// <param name="counts">Receives the count of each distinct column; the same length.</param>
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
