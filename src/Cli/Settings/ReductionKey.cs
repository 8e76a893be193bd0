using System.Text.Json;
using Google.Protobuf.Reflection;
using TopicGrpc.Client.Settings;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Cli.Settings;

/// <summary><c>nr_topics</c>: a number, <c>"auto"</c>, or null for no reduction.</summary>
internal static class ReductionKey
{
    private const string Automatic = "auto";

    /// <summary>Reads the key.</summary>
    /// <param name="section">The object with the key.</param>
    /// <param name="key">Name of the key.</param>
    /// <param name="field">Field of the contract for the number, which has its limits.</param>
    /// <exception cref="SettingsFileException">The value is neither a number within the limits nor "auto".</exception>
    public static TopicReduction Read(SettingsSection section, string key, FieldDescriptor field)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return TopicReduction.None;
        }

        if (value.ValueKind == JsonValueKind.String && value.ValueEquals(Automatic))
        {
            return TopicReduction.Auto;
        }

        if (!SettingsSection.IsInteger(value) || !value.TryGetInt32(out int count))
        {
            throw section.Wrong(key, $"a whole number, {LimitText.Range(RequestLimits.Of(field))}, or \"{Automatic}\"", value);
        }

        section.Check(key, field, count);
        return TopicReduction.To(count);
    }
}
