namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>
/// Words that fit their topic but not each other: one after another, the word with the highest
/// (1 − diversity) · cos(word, all words) − diversity · max cos(word, chosen word). Order and scores stay as they came.
/// Source: Carbonell and Goldstein 1998, as BERTopic's <c>MaximalMarginalRelevance</c> applies it. Where there are fewer words
/// than wanted all stay; BERTopic fails there, and counts its padding as words.
/// </summary>
public sealed record MaximalMarginalRelevance : TopicRepresentation
{
    /// <summary>0: only the topic counts, 1: only difference counts. Python <c>diversity</c>. Default 0.1.</summary>
    public double Diversity { get; init; } = 0.1;

    /// <summary>Words to choose, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    public int WordCount { get; init; } = 10;

    /// <inheritdoc/>
    public override bool NeedsDocuments => false;

    internal override TopicWord[][] Choose(TopicWord[][] words, RepresentationInput input)
    {
        input.Vectors.Add(words.SelectMany(topic => topic).Select(word => word.Term));
        input.Vectors.Add(words.Select(Joined));
        return Array.ConvertAll(words, topic => Choose(topic, input));
    }

    internal override void Validate()
    {
        WordLimits.Check(WordCount, nameof(WordCount));
        if (Diversity is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"The diversity {Diversity} does not lie between 0 and 1.");
        }
    }

    private TopicWord[] Choose(TopicWord[] words, RepresentationInput input)
    {
        string all = Joined(words);
        double[] relevance = Array.ConvertAll(words, word => input.Vectors.Cosine(word.Term, all));
        double[] nearest = new double[words.Length];
        Array.Fill(nearest, double.NegativeInfinity);
        bool[] chosen = new bool[words.Length];
        for (int count = 0; count < Math.Min(WordCount, words.Length); count++)
        {
            int best = -1;
            double highest = double.NegativeInfinity;
            for (int i = 0; i < words.Length; i++)
            {
                // The first word is the most relevant one, whatever the diversity.
                double value = count == 0 ? relevance[i] : ((1 - Diversity) * relevance[i]) - (Diversity * nearest[i]);
                if (!chosen[i] && (best < 0 || value > highest))
                {
                    (best, highest) = (i, value);
                }
            }

            chosen[best] = true;
            for (int i = 0; i < words.Length; i++)
            {
                nearest[i] = Math.Max(nearest[i], input.Vectors.Cosine(words[i].Term, words[best].Term));
            }
        }

        return [.. words.Where((_, i) => chosen[i])];
    }

    private static string Joined(TopicWord[] words) => string.Join(' ', words.Select(word => word.Term));
}
