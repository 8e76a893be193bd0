using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Description;

/// <summary>
/// Pairs of adjacent words that belong together in the documents of a topic. A pair replaces a word if it has at least
/// <see cref="LeastShare"/> of its occurrences and if the log-likelihood ratio (Dunning 1993) rejects independence.
/// </summary>
internal static class TopicPhrases
{
    /// <summary>Documents read per topic; a larger sample changes no pair that is frequent enough.</summary>
    private const int MaxDocuments = 2000;
    private const int LeastCount = 5;
    private const double LeastShare = 0.3;

    /// <summary>99.99 % quantile of the χ² distribution with one degree of freedom.</summary>
    private const double LeastRatio = 15.13;

    /// <summary>Finds the pair of each word of each topic.</summary>
    /// <param name="topics">Topics in row order.</param>
    /// <param name="groups">Documents of each row.</param>
    /// <param name="texts">All texts.</param>
    /// <param name="words">Settings for reading the texts.</param>
    /// <param name="compute">Number of threads; it does not change the result.</param>
    /// <param name="cancellationToken">Cancels between topics.</param>
    /// <returns>For each row the pair by word; words without a pair are missing.</returns>
    public static Dictionary<string, string>[] Find(
        IReadOnlyList<Topic> topics,
        ClassGroups groups,
        IReadOnlyList<string> texts,
        WordOptions words,
        ComputeOptions compute,
        CancellationToken cancellationToken)
    {
        HashSet<string> stopWords = new(words.StopWords, StringComparer.Ordinal);
        var found = new Dictionary<string, string>[topics.Count];
        RowBlocks.Run(
            topics.Count,
            blockSize: 1,
            compute.Threads,
            (row, _, _) =>
            {
                string[] named = [.. topics[row].Words.Take(DistinctNames.CandidateCount).Select(static word => word.Term)];
                PairCounter counter = new(named, words, stopWords);
                ReadOnlySpan<int> documents = topics[row].Id < 0 ? [] : groups.Of(row);
                foreach (int document in documents[..Math.Min(MaxDocuments, documents.Length)])
                {
                    counter.Add(texts[document]);
                }

                found[row] = named.Distinct(StringComparer.Ordinal)
                    .Select(word => (Word: word, Pair: Best(word, counter)))
                    .Where(static entry => entry.Pair is not null)
                    .ToDictionary(static entry => entry.Word, static entry => entry.Pair!, StringComparer.Ordinal);
            },
            cancellationToken);
        return found;
    }

    private static string? Best(string word, PairCounter counter)
    {
        (string First, string Second)? best = null;
        int most = LeastCount - 1;
        int own = counter.CountOf(word);
        foreach (((string first, string second), int count) in counter.Pairs)
        {
            if ((first != word && second != word) || count < most || count < LeastShare * own)
            {
                continue;
            }

            bool precedes = best is not { } other || count > most
                || string.CompareOrdinal($"{first} {second}", $"{other.First} {other.Second}") < 0;
            if (precedes && Ratio(count, counter.CountOf(first), counter.CountOf(second), counter.Total) >= LeastRatio)
            {
                (best, most) = ((first, second), count);
            }
        }

        return best is { } pair ? $"{pair.First} {pair.Second}" : null;
    }

    /// <summary>Returns 2 Σ observed · ln(observed / expected) over the four cells; 0 if the pair is rarer than by chance.</summary>
    private static double Ratio(double pair, double first, double second, double total)
    {
        if (pair * total <= first * second)
        {
            return 0;
        }

        return 2 * (Cell(pair, first * second / total)
            + Cell(first - pair, first * (total - second) / total)
            + Cell(second - pair, (total - first) * second / total)
            + Cell(total - first - second + pair, (total - first) * (total - second) / total));
    }

    private static double Cell(double observed, double expected) => observed <= 0 ? 0 : observed * Math.Log(observed / expected);
}
