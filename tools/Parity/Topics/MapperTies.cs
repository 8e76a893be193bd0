using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Parity.Topics;

/// <summary>
/// Comparison of mappers up to ties. Every step that numbers topics by size can exchange topics of equal size, and later steps keep the
/// exchanged numbers.
/// </summary>
internal static class MapperTies
{
    /// <summary>Returns the number of entries that differ for another reason.</summary>
    /// <param name="actual">Mapper of the engine.</param>
    /// <param name="expected">Recorded rows.</param>
    /// <param name="sizes">Number of documents of the cluster of each row.</param>
    public static int Differing(TopicMapper actual, int[][] expected, int[] sizes)
    {
        if (expected.Length != actual.Rows || expected.Any(row => row.Length != actual.Columns))
        {
            return int.MaxValue;
        }

        int differing = 0;
        Dictionary<int, int> before = [];
        for (int column = 0; column < actual.Columns; column++)
        {
            int at = column;
            int[] ours = [.. Enumerable.Range(0, actual.Rows).Select(row => actual.Values[(row * actual.Columns) + at])];
            int[] theirs = [.. expected.Select(row => row[at])];
            var documents = ours.Zip(sizes).GroupBy(static pair => pair.First)
                .ToDictionary(static group => group.Key, static group => group.Sum(static pair => pair.Second));
            Dictionary<int, int> names = [];
            HashSet<int> taken = [];
            for (int row = 0; row < ours.Length; row++)
            {
                if (names.TryGetValue(ours[row], out int known))
                {
                    differing += known == theirs[row] ? 0 : 1;
                    continue;
                }

                names[ours[row]] = theirs[row];
                bool holds = taken.Add(theirs[row])
                    && (ours[row] == theirs[row] || (column > 0 && MayExchange(ours[row], theirs[row], documents, before)));
                differing += holds ? 0 : 1;
            }

            before = names;
        }

        return differing;
    }

    private static bool MayExchange(int ours, int theirs, Dictionary<int, int> documents, Dictionary<int, int> before) =>
        ours >= 0 && theirs >= 0
        && ((before.TryGetValue(ours, out int earlier) && earlier == theirs)
            || (documents.TryGetValue(theirs, out int other) && other == documents[ours]));
}
