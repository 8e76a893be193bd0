using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>The scores of one topic's words by rank.</summary>
/// <param name="TopicId">The topic.</param>
/// <param name="Scores">Scores, or their logarithms, best first.</param>
/// <param name="Words">The words, joined.</param>
/// <param name="Highlighted">Whether it is drawn in red.</param>
internal sealed record TermRankLine(int TopicId, double[] Scores, string Words, bool Highlighted)
{
    /// <summary>The reference leaves out topics with a score above this, which only tiny topics reach.</summary>
    private const double HighestScore = 1.5;

    /// <summary>What the pointer shows: 50 characters, of which the reference spends some on markup.</summary>
    public string Hover => SvgText.Cut(string.Create(CultureInfo.InvariantCulture, $"<b>Topic {TopicId}</b>:{Words}"), 50, "")
        .Replace("<b>", "", StringComparison.Ordinal).Replace("</b>", "", StringComparison.Ordinal);

    /// <summary>One line a topic, the outliers included.</summary>
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

            lines.Add(new TermRankLine(topic.Id, scores, string.Join('_', topic.Words.Select(word => word.Term)), options.TopicIds.Contains(topic.Id)));
        }

        return lines;
    }
}
