using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// JSON options of a settings file. The records are read by reflection: generated code would also set the properties that the file leaves
/// out, and so lose the initial values of the lists.
/// </summary>
internal static class SettingsJson
{
    /// <summary>The options. Null, empty and infinite values are not written.</summary>
    public static JsonSerializerOptions Options { get; } = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { LeaveOutDefaults } },
        WriteIndented = true,
        IndentSize = 4,
    };

    private static void LeaveOutDefaults(JsonTypeInfo type)
    {
        foreach (JsonPropertyInfo property in type.Properties)
        {
            if (property.PropertyType == typeof(double?))
            {
                property.ShouldSerialize = static (_, value) => value is double number && double.IsFinite(number);
            }
            else if (property.PropertyType.IsAssignableTo(typeof(IEnumerable)) && property.PropertyType != typeof(string))
            {
                property.ShouldSerialize = static (_, value) => value is ICollection { Count: > 0 };
            }
        }
    }
}
