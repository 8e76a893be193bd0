using System.Globalization;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Selection of the terms of a vocabulary: frequency limits, then the most frequent terms, as scikit-learn's
/// <c>CountVectorizer</c>.
/// </summary>
internal sealed class VocabularyBuilder(WordOptions options)
{
    /// <summary>Selects terms by number; the numbers are in code-point order of the texts.</summary>
    /// <param name="topicFrequencies">Number of topics that contain each term; 0 for an unused number.</param>
    /// <param name="totals">Total count of each term.</param>
    /// <param name="topicCount">Number of topics, including the outlier topic.</param>
    /// <returns>Selected term numbers, ascending.</returns>
    /// <exception cref="VocabularyException">The settings leave no term.</exception>
    public int[] Choose(int[] topicFrequencies, long[] totals, int topicCount)
    {
        double least = options.MinTopicFrequency.Resolve(topicCount);
        double most = options.MaxTopicFrequency.Resolve(topicCount);
        if (!Array.Exists(topicFrequencies, frequency => frequency > 0))
        {
            throw VocabularyException.NoWord();
        }

        if (most < least)
        {
            throw new VocabularyException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"max_df {options.MaxTopicFrequency} (at most {most} of {topicCount} topics) is less than "
                    + $"min_df {options.MinTopicFrequency} (at least {least} topics). Lower min_df or raise max_df."),
                nameof(WordOptions.MaxTopicFrequency));
        }

        List<int> kept = [];
        for (int term = 0; term < topicFrequencies.Length; term++)
        {
            int frequency = topicFrequencies[term];
            if (frequency > 0 && frequency >= least && frequency <= most)
            {
                kept.Add(term);
            }
        }

        if (kept.Count == 0)
        {
            throw new VocabularyException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"No term occurs in {least} to {most} of the {topicCount} topics (min_df {options.MinTopicFrequency} and "
                    + $"max_df {options.MaxTopicFrequency} count topics, not documents). Lower min_df or raise max_df."),
                nameof(WordOptions.MaxTopicFrequency));
        }

        int[] chosen = [.. kept];
        return options.MaxTerms is { } limit && limit < chosen.Length ? MostFrequent(chosen, totals, limit) : chosen;
    }

    /// <summary>Returns the most frequent terms, ascending; of equally frequent ones, the first.</summary>
    private static int[] MostFrequent(int[] terms, long[] totals, int limit)
    {
        int[] ranked = [.. terms];
        Array.Sort(ranked, (a, b) =>
        {
            int byTotal = totals[b].CompareTo(totals[a]);
            return byTotal != 0 ? byTotal : a.CompareTo(b);
        });
        Array.Sort(ranked, 0, limit);
        return ranked[..limit];
    }
}
