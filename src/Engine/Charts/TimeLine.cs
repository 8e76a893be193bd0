using System.Globalization;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Queries;

namespace TopicGrpc.Engine.Charts;

/// <summary>Frequency of one topic over time.</summary>
/// <param name="Topic">Topic.</param>
/// <param name="Times">Points in time, ascending, without those that have no document of the topic, as in BERTopic.</param>
/// <param name="Values">Number of documents at each point, or this number divided by the Euclidean norm of all.</param>
/// <param name="Hovers">Hover text at each point.</param>
internal sealed record TimeLine(Topic Topic, DateTimeOffset[] Times, double[] Values, string[] Hovers)
{
    /// <summary>Returns one line per topic, by ascending id.</summary>
    public static IReadOnlyList<TimeLine> Of(
        IReadOnlyList<Topic> topics,
        IReadOnlyList<TimeSlice> slices,
        TopicsOverTimeChartOptions options)
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

    /// <summary>Returns the topic and its words, as BERTopic's hover text.</summary>
    public static string Hover(TopicSlice part) =>
        string.Create(
            CultureInfo.InvariantCulture, $"Topic {part.TopicId}\nWords: {string.Join(", ", part.Words.Select(word => word.Term))}");
}
