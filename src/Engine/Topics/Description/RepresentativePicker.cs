using System.Collections.Concurrent;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>
/// Chooses the documents whose terms are most similar to those of their topic. As in BERTopic, the candidates of a topic are 500 draws
/// with replacement from one generator with seed 42. Unlike BERTopic, ties in similarity keep the order of the draws.
/// </summary>
internal static class RepresentativePicker
{
    private const int Draws = 500;
    private const uint Seed = 42;

    /// <summary>Returns the representative documents of each topic row, most similar first.</summary>
    /// <param name="groups">Documents of each topic row.</param>
    /// <param name="count">Number of documents per topic.</param>
    /// <param name="weighting">Weights of topics and documents.</param>
    /// <param name="compute">Number of threads.</param>
    /// <param name="cancellationToken">Cancels between two topics.</param>
    public static int[][] Pick(
        ClassGroups groups,
        int count,
        TermWeighting weighting,
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
        ConcurrentBag<SparseTarget> targets = [];
        RowBlocks.Run(
            groups.Count,
            blockSize: 1,
            compute.Threads,
            (row, _, _) =>
            {
                SparseTarget target = targets.TryTake(out SparseTarget? used) ? used : new SparseTarget(weighting.Topics);
                double[] similarities = target.Compare(row, weighting.TfIdf.Transform(weighting.CountTerms(candidates[row])));
                targets.Add(target);
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
