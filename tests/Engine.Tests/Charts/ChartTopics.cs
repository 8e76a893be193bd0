using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Tests.Charts;

/// <summary>Synthetic topics −1 and 0 … n−1, by descending size.</summary>
internal static class ChartTopics
{
    public static IReadOnlyList<Topic> Of(int count, int words = 10)
    {
        List<Topic> topics = [];
        for (int id = -1; id < count; id++)
        {
            TopicWord[] list =
            [
                .. Enumerable
                    .Range(0, words)
                    .Select(i => new TopicWord(string.Create(CultureInfo.InvariantCulture, $"word{id}x{i}"), 0.05 / (i + 1))),
            ];
            topics.Add(new Topic(id, 1000 - id, string.Create(CultureInfo.InvariantCulture, $"{id}_name"), list, []));
        }

        return topics;
    }

    public static Topic WithWords(int id, params TopicWord[] words) =>
        new(id, 10, string.Create(CultureInfo.InvariantCulture, $"{id}_name"), words, []);
}
