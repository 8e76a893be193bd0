using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Converts stop words to the name of a list or a list of words.</summary>
internal sealed class StopWordsConverter : JsonConverter<StopWords>
{
    /// <inheritdoc/>
    public override StopWords Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? StopWords.Named(reader.GetString()!)
            : StopWords.Of(JsonSerializer.Deserialize(ref reader, SettingsJsonContext.Default.IReadOnlyListString)!);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, StopWords value, JsonSerializerOptions options)
    {
        if (value.List is { } list)
        {
            writer.WriteStringValue(list);
        }
        else
        {
            JsonSerializer.Serialize(writer, value.Words, SettingsJsonContext.Default.IReadOnlyListString);
        }
    }
}
