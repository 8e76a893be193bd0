using System.Text.Json;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>A range of words per term, <c>[1, 3]</c>.</summary>
internal static class NgramKey
{
    private const int Most = 5;

    public static NgramRange? Read(SettingsSection section, string key)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.Array
            && value.GetArrayLength() == 2
            && IsCount(value[0], out int min)
            && IsCount(value[1], out int max)
            && min <= max
            ? new NgramRange(min, max)
            : throw section.Wrong(key, $"two whole numbers from 1 to {Most}, the smaller first", value);
    }

    private static bool IsCount(JsonElement value, out int count)
    {
        count = 0;
        return SettingsSection.IsInteger(value) && value.TryGetInt32(out count) && count is >= 1 and <= Most;
    }
}
