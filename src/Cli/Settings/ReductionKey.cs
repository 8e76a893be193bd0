using System.Text.Json;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary><c>nr_topics</c>: a number, <c>"auto"</c>, or null for no reduction.</summary>
internal static class ReductionKey
{
    private const string Automatic = "auto";

    public static TopicReduction Read(SettingsSection section, string key)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return TopicReduction.None;
        }

        if (value.ValueKind == JsonValueKind.String && value.ValueEquals(Automatic))
        {
            return TopicReduction.Auto;
        }

        return SettingsSection.IsInteger(value) && value.TryGetInt32(out int count) && count >= 2
            ? TopicReduction.To(count)
            : throw section.Wrong(key, $"a whole number, 2 or more, or \"{Automatic}\"", value);
    }
}
