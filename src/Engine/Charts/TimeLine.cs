using System.Globalization;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Engine.Charts;

/// <summary>How often one topic occurs at each point of time.</summary>
/// <param name="Topic">The topic.</param>
/// <param name="Times">Points of time, ascending; those without a document of the topic are missing, as in the reference.</param>
/// <param name="Values">Documents there, or these over their Euclidean length.</param>
/// <param name="Hovers">What the pointer shows at each.</param>
internal sealed record TimeLine(Topic Topic, DateTimeOffset[] Times, double[] Values, string[] Hovers)
{
    /// <summary>One line a topic, ascending ids.</summary>
    public static IReadOnlyList<TimeLine> Of(IReadOnlyList<Topic> topics, IReadOnlyList<TimeSlice> slices, TopicsOverTimeChartOptions options)
    {
        List<TimeLine> lines = [];
        foreach (Topic topic in TopicSelection.Select(topics, options.TopicIds, options.LargestTopics).OrderBy(topic => topic.Id))
        {
            List<DateTimeOffset> times = [];
            List<double> values = [];
            List<string> hovers = [];
            foreach (TimeSlice slice in slices)
            {
                if (slice.Topics.FirstOrDefault(part => part.TopicId == topic.Id) is { } part)
                {
                    times.Add(slice.Time);
                    values.Add(part.Frequency);
                    hovers.Add(Hover(part));
                }
            }

            lines.Add(new TimeLine(topic, [.. times], Frequencies.Scale([.. values], options.NormalizeFrequency), [.. hovers]));
        }

        return lines;
    }

    /// <summary>Topic and words of a part, as the reference's hover says them.</summary>
    public static string Hover(TopicSlice part) =>
        string.Create(CultureInfo.InvariantCulture, $"Topic {part.TopicId}\nWords: {string.Join(", ", part.Words.Select(word => word.Term))}");
}
