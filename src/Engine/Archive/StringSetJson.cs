using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Converts a set of words to a sorted list. The order of a hash set differs between processes, but equal models must have equal files.
/// </summary>
internal sealed class StringSetJson : JsonConverter<IReadOnlyCollection<string>>
{
    public override IReadOnlyCollection<string> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, ArchiveJson.StringArray) ?? throw new JsonException("The list of words is null.");

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
