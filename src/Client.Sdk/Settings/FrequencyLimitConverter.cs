using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Converts a limit to a number: as Python's int and float, 1 is a number of topics and 1.0 is a share.</summary>
internal sealed class FrequencyLimitConverter : JsonConverter<FrequencyLimit>
{
    /// <inheritdoc/>
    public override FrequencyLimit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        ReadOnlySpan<byte> text = reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan;
        return text.IndexOfAny(".eE"u8) < 0 ? FrequencyLimit.Count(reader.GetInt32()) : FrequencyLimit.Share(reader.GetDouble());
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, FrequencyLimit value, JsonSerializerOptions options)
    {
        // A share needs a decimal point or an exponent; otherwise it would be read as a number of topics.
        string text = value.Value.ToString("R", CultureInfo.InvariantCulture);
        writer.WriteRawValue(value.IsShare && !text.AsSpan().ContainsAny(".E") ? text + ".0" : text);
    }
}
