using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Parts;

namespace TopicGrpc.Explorer.Topics;

/// <summary>A row of the table of topics.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Name">Its custom label or name.</param>
/// <param name="Words">Its best words.</param>
/// <param name="Share">Its size relative to the largest topic, 0 to 1.</param>
/// <param name="Similarity">Similarity with the search; null without one.</param>
public sealed record TopicRow(TopicInfo Topic, string Name, string Words, double Share, double? Similarity)
{
    private const int WordCount = 8;

    /// <summary>Returns the row of a topic.</summary>
    /// <param name="topic">The topic.</param>
    /// <param name="largest">Documents of the largest topic.</param>
    /// <param name="similarity">Similarity with the search; null without one.</param>
    public static TopicRow Of(TopicInfo topic, long largest, double? similarity)
    {
        ArgumentNullException.ThrowIfNull(topic);
        string words = string.Join(", ", topic.Words.Take(WordCount).Select(static word => word.Term));
        return new TopicRow(topic, Format.Topic(topic), words, (double)topic.Count / Math.Max(1, largest), similarity);
    }
}
