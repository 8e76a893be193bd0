namespace TopicGrpc.Engine.Topics.Quality;

/// <summary>Share of distinct words among all words of all topics; Dieng, Ruiz and Blei 2020.</summary>
public static class TopicDiversity
{
    /// <summary>Computes the share.</summary>
    /// <param name="topics">Words of each topic except the outlier topic. All given words count.</param>
    /// <returns>0 to 1; NaN without words.</returns>
    public static double Compute(IReadOnlyList<IReadOnlyList<string>> topics)
    {
        ArgumentNullException.ThrowIfNull(topics);
        HashSet<string> distinct = new(StringComparer.Ordinal);
        int words = 0;
        foreach (IReadOnlyList<string> topic in topics)
        {
            words += topic.Count;
            distinct.UnionWith(topic);
        }

        return words == 0 ? double.NaN : (double)distinct.Count / words;
    }
}
