using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Sample of documents that a map draws.</summary>
internal static class DocumentSample
{
    /// <summary>Topics with fewer documents are drawn completely.</summary>
    private const int SmallTopic = 100;

    /// <summary>
    /// Returns the rows to draw, by topic in the order 0, 1, …, −1. A topic of 100 documents or more contributes
    /// <c>trunc(count · sample)</c> documents in random order; one generator serves all topics in sequence.
    /// </summary>
    public static int[] Rows(ReadOnlySpan<int> labels, double sample, uint seed)
    {
        SortedDictionary<int, List<int>> rowsOf = [];
        for (int row = 0; row < labels.Length; row++)
        {
            // Topic −1 sorts last.
            int key = labels[row] < 0 ? int.MaxValue : labels[row];
            if (!rowsOf.TryGetValue(key, out List<int>? rows))
            {
                rowsOf.Add(key, rows = []);
            }

            rows.Add(row);
        }

        MersenneTwister random = new(seed);
        List<int> drawn = new(labels.Length);
        foreach (List<int> rows in rowsOf.Values)
        {
            if (rows.Count < SmallTopic || sample >= 1)
            {
                drawn.AddRange(rows);
                continue;
            }

            int[] order = random.Permutation(rows.Count);
            int count = (int)(rows.Count * sample);
            for (int i = 0; i < count; i++)
            {
                drawn.Add(rows[order[i]]);
            }
        }

        return [.. drawn];
    }
}
