using System.Text.Json;
using System.Text.Json.Serialization;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Converts a frequency limit to <c>{"Share": 0.95}</c> or <c>{"Count": 1}</c>. A bare number would be ambiguous, because 1 and 1.0 differ.
/// </summary>
internal sealed class FrequencyLimitJson : JsonConverter<FrequencyLimit>
{
    public override FrequencyLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var json = JsonDocument.ParseValue(ref reader);
        if (json.RootElement.ValueKind == JsonValueKind.Object)
        {
            try
            {
                if (json.RootElement.TryGetProperty(nameof(FrequencyLimit.Share), out JsonElement share))
                {
                    return FrequencyLimit.Share(share.GetDouble());
                }

                if (json.RootElement.TryGetProperty(nameof(FrequencyLimit.Count), out JsonElement count))
                {
                    return FrequencyLimit.Count(count.GetInt32());
                }
            }
            catch (Exception error) when (error is ArgumentException or FormatException or InvalidOperationException)
            {
                throw new JsonException(error.Message, error);
            }
        }

        throw new JsonException("A frequency limit must be {\"Share\": number} or {\"Count\": number}.");
    }

    public override void Write(Utf8JsonWriter writer, FrequencyLimit value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        if (value.IsShare)
        {
            writer.WriteNumber(nameof(FrequencyLimit.Share), value.Value);
        }
        else
        {
            writer.WriteNumber(nameof(FrequencyLimit.Count), (int)value.Value);
        }

        writer.WriteEndObject();
    }
}
