using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>
/// Chooses the documents whose words are most like their topic's. As BERTopic does, it looks at 500 draws with
/// replacement a topic from one generator with seed 42; unlike BERTopic it orders them by similarity, then draw.
/// </summary>
internal static class RepresentativePicker
{
    private const int Draws = 500;
    private const uint Seed = 42;

    /// <summary>Chooses.</summary>
    /// <param name="groups">Documents of each topic row.</param>
    /// <param name="count">Documents a topic.</param>
    /// <param name="countWords">Term counts of some documents.</param>
    /// <param name="tfIdf">Fitted word weights.</param>
    /// <param name="weights">Weights of each topic row.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="cancellationToken">Stops between topics.</param>
    /// <returns>Documents of each topic row, most typical first.</returns>
    public static int[][] Pick(
        ClassGroups groups,
        int count,
        Func<int[], CsrMatrix<int>> countWords,
        ClassTfIdf tfIdf,
        CsrMatrix<double> weights,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        MersenneTwister random = new(Seed);
        int[][] candidates = new int[groups.Count][];
        for (int row = 0; row < candidates.Length; row++)
        {
            candidates[row] = Draw(groups.Of(row), random);
        }

        int[][] chosen = new int[groups.Count][];
        RowBlocks.Run(
            groups.Count,
            blockSize: 1,
            compute.Threads,
            (row, _, _) =>
            {
                double[] similarities = SparseCosine.ToRow(tfIdf.Transform(countWords(candidates[row])), weights, row);
                chosen[row] = [.. Enumerable.Range(0, similarities.Length)
                    .OrderByDescending(i => similarities[i])
                    .Take(count)
                    .Select(i => candidates[row][i])];
            },
            cancellationToken);
        return chosen;
    }

    private static int[] Draw(ReadOnlySpan<int> documents, MersenneTwister random)
    {
        if (documents.IsEmpty)
        {
            return [];
        }

        bool[] seen = new bool[documents.Length];
        List<int> drawn = [];
        for (int draw = 0; draw < Draws; draw++)
        {
            int place = random.NextUpTo(documents.Length - 1);
            if (!seen[place])
            {
                seen[place] = true;
                drawn.Add(documents[place]);
            }
        }

        return [.. drawn];
    }
}
