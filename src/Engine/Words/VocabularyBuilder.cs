using System.Globalization;

namespace TopicGrpc.Engine.Words;

/// <summary>Chooses the terms of a vocabulary: frequency limits, then the most frequent, then code-point order. Source: scikit-learn's <c>CountVectorizer</c>.</summary>
internal sealed class VocabularyBuilder(WordOptions options)
{
    /// <summary>Chooses among terms numbered from 0.</summary>
    /// <param name="topicFrequencies">Topics that each term occurs in; 0 for a number without a term.</param>
    /// <param name="totals">Occurrences of each term.</param>
    /// <param name="topicCount">Topics, the outliers included.</param>
    /// <param name="textOf">Text of a term.</param>
    /// <returns>The chosen numbers in column order.</returns>
    public int[] Choose(int[] topicFrequencies, long[] totals, int topicCount, Func<int, string> textOf)
    {
        double least = options.MinTopicFrequency.Resolve(topicCount);
        double most = options.MaxTopicFrequency.Resolve(topicCount);
        if (!Array.Exists(topicFrequencies, frequency => frequency > 0))
        {
            throw new VocabularyException(
                "No word is left in any topic: the texts hold only stop words, single letters or signs. Set fewer stop words.", nameof(WordOptions.StopWords));
        }

        if (most < least)
        {
            throw new VocabularyException(
                string.Create(CultureInfo.InvariantCulture, $"max_df {options.MaxTopicFrequency} means at most {most} of {topicCount} topics, less than min_df {options.MinTopicFrequency}, at least {least} topics. Lower min_df or raise max_df."),
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
                string.Create(CultureInfo.InvariantCulture, $"No word occurs in {least} to {most} of the {topicCount} topics (min_df {options.MinTopicFrequency}, max_df {options.MaxTopicFrequency} count topics, not documents). Lower min_df or raise max_df."),
                nameof(WordOptions.MaxTopicFrequency));
        }

        int[] chosen = [.. kept];
        CodePointOrder.Sort(chosen, textOf);
        return options.MaxTerms is { } limit && limit < chosen.Length ? MostFrequent(chosen, totals, limit) : chosen;
    }

    /// <summary>The most frequent terms; of equally frequent ones the first by code point.</summary>
    private static int[] MostFrequent(int[] ordered, long[] totals, int limit)
    {
        int[] ranks = [.. Enumerable.Range(0, ordered.Length)];
        Array.Sort(ranks, (a, b) => totals[ordered[a]] != totals[ordered[b]] ? totals[ordered[b]].CompareTo(totals[ordered[a]]) : a.CompareTo(b));
        Array.Sort(ranks, 0, limit);
        return Array.ConvertAll(ranks[..limit], rank => ordered[rank]);
    }
}
