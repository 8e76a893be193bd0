using System.Text.Json.Nodes;
using Google.Protobuf.Reflection;
using TopicGrpc.V1;

namespace TopicGrpc.Server.OpenApi;

/// <summary>Adds the limits of the contract to schemas.</summary>
internal static class LimitWriter
{
    /// <summary>
    /// Adds the limits of a single value. A text of n bytes has at most n characters, so bytes are a valid bound of the length.
    /// </summary>
    public static void Add(JsonObject schema, FieldType type, FieldLimits? limits)
    {
        if (limits is null)
        {
            return;
        }

        if (schema["type"]?.GetValue<string>() is "integer" or "number")
        {
            Set(schema, "minimum", limits.HasMin, limits.Min);
            Set(schema, "exclusiveMinimum", limits.HasAbove, limits.Above);
            Set(schema, "maximum", limits.HasMax, limits.Max);
        }

        if (type is FieldType.String)
        {
            AddText(schema, limits);
        }
    }

    /// <summary>Adds the limits of the number of elements.</summary>
    public static void AddCounts(JsonObject schema, FieldLimits? limits, string fewest, string most)
    {
        if (limits is null)
        {
            return;
        }

        Set(schema, fewest, limits.HasMinItems, limits.MinItems);
        Set(schema, most, limits.HasMaxItems, limits.MaxItems);
        if (limits.Unique)
        {
            schema["uniqueItems"] = true;
        }
    }

    private static void AddText(JsonObject schema, FieldLimits limits)
    {
        Set(schema, "maxLength", limits.HasMaxBytes, limits.MaxBytes);
        if (limits.Pattern.Length > 0)
        {
            schema["pattern"] = $"^(?:{limits.Pattern})$";
        }
        else if (limits.NotBlank)
        {
            schema["pattern"] = @"\S";
        }

        if (limits.Values.Count > 0)
        {
            schema["enum"] = new JsonArray([.. limits.Values.Select(static value => (JsonNode)value)]);
        }
    }

    private static void Set(JsonObject schema, string name, bool isSet, double value)
    {
        if (isSet)
        {
            // Whole numbers without a decimal point, as a reader expects for a count.
            schema[name] = value == Math.Floor(value) && Math.Abs(value) < 1e15 ? JsonValue.Create((long)value) : JsonValue.Create(value);
        }
    }
}
