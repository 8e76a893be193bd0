using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>Scores of the words of one topic by rank.</summary>
/// <param name="TopicId">Topic id.</param>
/// <param name="Scores">Scores, or their logarithms, in descending order.</param>
/// <param name="Words">Joined words.</param>
/// <param name="Highlighted">True for a red line.</param>
internal sealed record TermRankLine(int TopicId, double[] Scores, string Words, bool Highlighted)
{
    /// <summary>BERTopic omits topics with a higher score, which only tiny topics reach.</summary>
    private const double HighestScore = 1.5;

    /// <summary>Hover text of 50 characters, of which BERTopic uses some for markup.</summary>
    public string Hover => SvgText.Cut(string.Create(CultureInfo.InvariantCulture, $"<b>Topic {TopicId}</b>:{Words}"), 50, "")
        .Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal);

    /// <summary>Returns one line per topic, including the outlier topic.</summary>
    public static IReadOnlyList<TermRankLine> Of(IReadOnlyList<Topic> topics, TermRankOptions options)
    {
        List<TermRankLine> lines = [];
        foreach (Topic topic in topics)
        {
            double[] scores = [.. topic.Words.Select(word => word.Score)];
            if (scores.Length == 0 || scores.Any(score => score > HighestScore))
            {
                continue;
            }

            if (options.Logarithmic)
            {
                double smallest = scores.Where(score => score > 0).DefaultIfEmpty(1).Min();
                scores = Array.ConvertAll(scores, score => Math.Log10(score > 0 ? score : smallest));
            }

            lines.Add(
                new TermRankLine(
                    topic.Id, scores, string.Join('_', topic.Words.Select(word => word.Term)), options.TopicIds.Contains(topic.Id)));
        }

        return lines;
    }
}
