using System.Text.Json;
using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Converts representations, named by their Python classes. The JSON is one model, a list of models (a chain), or an object of chains by
/// aspect with <c>Main</c> for the main words.
/// </summary>
internal sealed class RepresentationSettingsConverter : JsonConverter<RepresentationSettings>
{
    /// <summary>Aspect of the main words.</summary>
    public const string Main = "Main";

    /// <summary>Python name of <see cref="KeyBertInspired"/>.</summary>
    public const string KeyBert = "KeyBERTInspired";

    /// <summary>Python name of <see cref="MaximalMarginalRelevance"/>.</summary>
    public const string Relevance = "MaximalMarginalRelevance";

    /// <summary>Returns whether a value is an object of chains by aspect, not a model or a chain.</summary>
    public static bool HasAspects(JsonElement value) =>
        value.ValueKind == JsonValueKind.Object && !value.EnumerateObject().Any(static property => property.Name is KeyBert or Relevance);

    /// <inheritdoc/>
    public override RepresentationSettings Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        using var document = JsonDocument.ParseValue(ref reader);
        JsonElement value = document.RootElement;
        return HasAspects(value)
            ? new RepresentationSettings
            {
                Main = value.TryGetProperty(Main, out JsonElement main) ? Chain(main) : [],
                Aspects = value.EnumerateObject()
                    .Where(static aspect => aspect.Name != Main)
                    .ToDictionary(static aspect => aspect.Name, static aspect => Chain(aspect.Value), StringComparer.Ordinal),
            }
            : new RepresentationSettings { Main = Chain(value) };
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, RepresentationSettings value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        WriteChain(writer, Main, value.Main);
        foreach ((string aspect, IReadOnlyList<TopicRepresentation> chain) in value.Aspects)
        {
            WriteChain(writer, aspect, chain);
        }

        writer.WriteEndObject();
    }

    private static IReadOnlyList<TopicRepresentation> Chain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => [.. value.EnumerateArray().Select(Step)],
        JsonValueKind.Null => [],
        _ => [Step(value)],
    };

    private static TopicRepresentation Step(JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String)
        {
            return value.ValueEquals(KeyBert) ? new KeyBertInspired() : new MaximalMarginalRelevance();
        }

        JsonProperty model = value.EnumerateObject().First();
        return model.NameEquals(KeyBert)
            ? model.Value.Deserialize(SettingsJsonContext.Default.KeyBertInspired) ?? new KeyBertInspired()
            : model.Value.Deserialize(SettingsJsonContext.Default.MaximalMarginalRelevance) ?? new MaximalMarginalRelevance();
    }

    private static void WriteChain(Utf8JsonWriter writer, string aspect, IReadOnlyList<TopicRepresentation> chain)
    {
        writer.WriteStartArray(aspect);
        foreach (TopicRepresentation step in chain)
        {
            writer.WriteStartObject();
            if (step is KeyBertInspired keyBert)
            {
                writer.WritePropertyName(KeyBert);
                JsonSerializer.Serialize(writer, keyBert, SettingsJsonContext.Default.KeyBertInspired);
            }
            else
            {
                writer.WritePropertyName(Relevance);
                JsonSerializer.Serialize(writer, (MaximalMarginalRelevance)step, SettingsJsonContext.Default.MaximalMarginalRelevance);
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
