using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>The algorithm of <see cref="MaximalMarginalRelevance"/>.</summary>
internal static class DiverseWords
{
    /// <summary>Returns the chosen words of each topic row, in the order and with the scores given.</summary>
    public static TopicWord[][] Choose(MaximalMarginalRelevance settings, TopicWord[][] words, RepresentationInput input)
    {
        input.Vectors.Add(words.SelectMany(topic => topic).Select(word => word.Term));
        input.Vectors.Add(words.Select(Joined));
        return Array.ConvertAll(words, topic => Choose(settings, topic, input.Vectors));
    }

    private static TopicWord[] Choose(MaximalMarginalRelevance settings, TopicWord[] words, TextVectors vectors)
    {
        string all = Joined(words);
        double[] relevance = Array.ConvertAll(words, word => vectors.Cosine(word.Term, all));
        double[] nearest = new double[words.Length];
        Array.Fill(nearest, double.NegativeInfinity);
        bool[] chosen = new bool[words.Length];
        for (int count = 0; count < Math.Min(settings.WordCount, words.Length); count++)
        {
            int best = -1;
            double highest = double.NegativeInfinity;
            for (int i = 0; i < words.Length; i++)
            {
                // The first word is the most relevant one for any diversity.
                double value = count == 0
                    ? relevance[i]
                    : ((1 - settings.Diversity) * relevance[i]) - (settings.Diversity * nearest[i]);
                if (!chosen[i] && (best < 0 || value > highest))
                {
                    (best, highest) = (i, value);
                }
            }

            chosen[best] = true;
            for (int i = 0; i < words.Length; i++)
            {
                nearest[i] = Math.Max(nearest[i], vectors.Cosine(words[i].Term, words[best].Term));
            }
        }

        return [.. words.Where((_, i) => chosen[i])];
    }

    private static string Joined(TopicWord[] words) => string.Join(' ', words.Select(word => word.Term));
}
