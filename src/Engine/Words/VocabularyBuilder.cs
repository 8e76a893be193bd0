using System.Globalization;

namespace TopicGrpc.Engine.Words;

/// <summary>
/// Selection of the terms of a vocabulary: frequency limits, then the most frequent terms, then code-point order, as
/// scikit-learn's <c>CountVectorizer</c>.
/// </summary>
internal sealed class VocabularyBuilder(WordOptions options)
{
    /// <summary>Selects terms by number.</summary>
    /// <param name="topicFrequencies">Number of topics that contain each term; 0 for an unused number.</param>
    /// <param name="totals">Total count of each term.</param>
    /// <param name="topicCount">Number of topics, including the outlier topic.</param>
    /// <param name="sort">Sorts terms by text, in code-point order, and returns the texts.</param>
    /// <returns>Selected term numbers and their texts, in column order.</returns>
    /// <exception cref="VocabularyException">The settings leave no term.</exception>
    public (int[] Terms, string[] Texts) Choose(int[] topicFrequencies, long[] totals, int topicCount, Func<int[], string[]> sort)
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
        string[] texts = sort(chosen);
        if (options.MaxTerms is not { } limit || limit >= chosen.Length)
        {
            return (chosen, texts);
        }

        int[] places = MostFrequent(chosen, totals, limit);
        return (Array.ConvertAll(places, place => chosen[place]), Array.ConvertAll(places, place => texts[place]));
    }

    /// <summary>Returns the places of the most frequent terms, ascending; ties by code point.</summary>
    private static int[] MostFrequent(int[] ordered, long[] totals, int limit)
    {
        int[] ranks = [.. Enumerable.Range(0, ordered.Length)];
        Array.Sort(ranks, (a, b) =>
        {
            int byTotal = totals[ordered[b]].CompareTo(totals[ordered[a]]);
            return byTotal != 0 ? byTotal : a.CompareTo(b);
        });
        Array.Sort(ranks, 0, limit);
        return ranks[..limit];
    }
}
