using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// A set of words as a sorted list: a hash set lists its words in another order in every process, and equal models shall have equal files.
/// </summary>
internal sealed class StringSetJson : JsonConverter<IReadOnlyCollection<string>>
{
    public override IReadOnlyCollection<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, ArchiveJson.StringArray) ?? throw new JsonException("A list of words is missing.");

    public override void Write(Utf8JsonWriter writer, IReadOnlyCollection<string> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (string word in value.Order(StringComparer.Ordinal))
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }
}
