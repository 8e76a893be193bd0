using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Parity.Charts;

/// <summary>Topics recorded from BERTopic.</summary>
internal static class GoldenTopics
{
    /// <summary>Reads <c>words.json</c> and <c>topic_freq.json</c> of a recorded model.</summary>
    public static IReadOnlyList<Topic> Read(GoldenFolder golden, string model)
    {
        using var frequencies = JsonDocument.Parse(golden.ReadText(model + "/topic_freq.json"));
        var countOf = frequencies.RootElement.EnumerateArray().ToDictionary(pair => pair[0].GetInt32(), pair => pair[1].GetInt32());
        using var words = JsonDocument.Parse(golden.ReadText(model + "/words.json"));
        List<Topic> topics = [];
        foreach (JsonProperty property in words.RootElement.EnumerateObject())
        {
            int id = int.Parse(property.Name, CultureInfo.InvariantCulture);
            TopicWord[] topicWords =
            [
                .. property.Value.EnumerateArray().Select(pair => new TopicWord(pair[0].GetString()!, pair[1].GetDouble())),
            ];
            string name = string.Join('_', topicWords.Take(4).Select(word => word.Term).Prepend(property.Name));
            topics.Add(new Topic(id, countOf[id], name, topicWords, []));
        }

        return [.. topics.OrderBy(topic => topic.Id)];
    }
}
