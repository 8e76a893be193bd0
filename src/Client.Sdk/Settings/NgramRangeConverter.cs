using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Converts a range of words per term to a list of two numbers.</summary>
internal sealed class NgramRangeConverter : JsonConverter<NgramRange>
{
    /// <inheritdoc/>
    public override NgramRange Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonSerializer.Deserialize(ref reader, SettingsJsonContext.Default.Int32Array) is [int min, int max]
            ? new NgramRange(min, max)
            : throw new JsonException();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, NgramRange value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(value.Min);
        writer.WriteNumberValue(value.Max);
        writer.WriteEndArray();
    }
}
