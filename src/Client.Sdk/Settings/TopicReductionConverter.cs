using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Converts a reduction to a number of topics or <c>auto</c>.</summary>
internal sealed class TopicReductionConverter : JsonConverter<TopicReduction>
{
    /// <summary>Name of the reduction that merges similar topics.</summary>
    public const string Automatic = "auto";

    /// <inheritdoc/>
    public override TopicReduction Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? TopicReduction.Auto : TopicReduction.To(reader.GetInt32());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, TopicReduction value, JsonSerializerOptions options)
    {
        if (value.IsAutomatic)
        {
            writer.WriteStringValue(Automatic);
        }
        else
        {
            writer.WriteNumberValue(value.Count);
        }
    }
}
