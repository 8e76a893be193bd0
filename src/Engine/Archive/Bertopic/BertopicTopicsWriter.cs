using System.Globalization;
using System.Text.Json;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Writes <c>topics.json</c>.</summary>
internal static class BertopicTopicsWriter
{
    public static void Write(Utf8JsonWriter writer, TopicModel model)
    {
        writer.WriteStartObject();
        WriteWords(writer, BertopicNames.Representations, [.. model.Topics.Select(topic => topic.Words.ToArray())], model.OutlierOffset);
        writer.WriteStartArray(BertopicNames.Labels);
        foreach (int label in model.Assignments)
        {
            writer.WriteNumberValue(label);
        }

        writer.WriteEndArray();
        WriteSizes(writer, model);
        WriteMapper(writer, model.Mapper);
        writer.WriteStartObject(BertopicNames.TopicLabels);
        foreach (Topic topic in model.Topics)
        {
            writer.WriteString(Key(topic.Id), topic.Name);
        }

        writer.WriteEndObject();
        WriteCustomLabels(writer, model.Topics);
        writer.WriteNumber(BertopicNames.Outliers, model.OutlierOffset);
        writer.WriteStartObject(BertopicNames.Aspects);
        foreach ((string name, TopicWord[][] words) in model.Aspects ?? new Dictionary<string, TopicWord[][]>())
        {
            WriteWords(writer, name, words, model.OutlierOffset);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteWords(Utf8JsonWriter writer, string name, TopicWord[][] words, int offset)
    {
        writer.WriteStartObject(name);
        for (int row = 0; row < words.Length; row++)
        {
            writer.WriteStartArray(Key(row - offset));
            foreach (TopicWord word in words[row])
            {
                writer.WriteStartArray();
                writer.WriteStringValue(word.Term);
                writer.WriteNumberValue(word.Score);
                writer.WriteEndArray();
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    /// <summary>Writes the sizes in the order in which topics first occur, as Python's <c>Counter</c>.</summary>
    private static void WriteSizes(Utf8JsonWriter writer, TopicModel model)
    {
        writer.WriteStartObject(BertopicNames.Sizes);
        foreach (int id in model.Assignments.Concat(model.Topics.Select(topic => topic.Id)).Distinct())
        {
            writer.WriteNumber(Key(id), model.Topics[id + model.OutlierOffset].Count);
        }

        writer.WriteEndObject();
    }

    private static void WriteMapper(Utf8JsonWriter writer, TopicMapper mapper)
    {
        writer.WriteStartArray(BertopicNames.Mapper);
        for (int row = 0; row < mapper.Rows; row++)
        {
            writer.WriteStartArray();
            foreach (int id in mapper.Values.AsSpan(row * mapper.Columns, mapper.Columns))
            {
                writer.WriteNumberValue(id);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static void WriteCustomLabels(Utf8JsonWriter writer, IReadOnlyList<Topic> topics)
    {
        if (topics.All(topic => topic.CustomLabel is null))
        {
            writer.WriteNull(BertopicNames.CustomLabels);
            return;
        }

        writer.WriteStartArray(BertopicNames.CustomLabels);
        foreach (Topic topic in topics)
        {
            writer.WriteStringValue(topic.CustomLabel ?? topic.Name);
        }

        writer.WriteEndArray();
    }

    private static string Key(int id) => id.ToString(CultureInfo.InvariantCulture);
}
