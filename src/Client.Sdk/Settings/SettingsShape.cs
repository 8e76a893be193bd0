using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Compares the keys and kinds of values of a settings file with the settings records, so that an error names the key and the expected
/// kind. <see cref="SettingsLimits"/> checks the ranges, which are limits of the contract.
/// </summary>
internal sealed class SettingsShape(string file, JsonSerializerOptions options)
{
    private const int ShownLength = 40;

    /// <summary>Checks an object and its nested values.</summary>
    /// <exception cref="SettingsFileException">A key is unknown, or a value has the wrong kind.</exception>
    public void Check(JsonElement value, Type type, string path)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            throw path.Length == 0 ? new SettingsFileException(file, "must hold a JSON object") : Wrong(path, "an object", value);
        }

        IList<JsonPropertyInfo> known = options.GetTypeInfo(type).Properties;
        foreach (JsonProperty property in value.EnumerateObject())
        {
            JsonPropertyInfo match =
                known.FirstOrDefault(candidate => candidate.Name == property.Name) ?? throw Unknown(path, property.Name, known);
            if (property.Value.ValueKind != JsonValueKind.Null)
            {
                CheckValue(property.Value, Nullable.GetUnderlyingType(match.PropertyType) ?? match.PropertyType, Join(path, property.Name));
            }
        }
    }

    private void CheckValue(JsonElement value, Type type, string path)
    {
        if (type == typeof(RepresentationSettings))
        {
            CheckRepresentations(value, path);
        }
        else if (SettingsKinds.Find(type) is { } kind)
        {
            if (!kind.Holds(value))
            {
                string limit = SettingsLimits.Describe(path);
                throw Wrong(path, limit.Length == 0 ? kind.Expected : $"{kind.Expected}, {limit}", value);
            }
        }
        else
        {
            Check(value, type, path);
        }
    }

    private void CheckRepresentations(JsonElement value, string path)
    {
        if (!RepresentationSettingsConverter.HasAspects(value))
        {
            CheckChain(value, path);
            return;
        }

        foreach (JsonProperty aspect in value.EnumerateObject())
        {
            CheckChain(aspect.Value, Join(path, aspect.Name));
        }
    }

    private void CheckChain(JsonElement value, string path)
    {
        if (value.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        foreach (JsonElement step in value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : new[] { value })
        {
            CheckStep(step, path);
        }
    }

    private void CheckStep(JsonElement step, string path)
    {
        string? name = step.ValueKind switch
        {
            JsonValueKind.String => step.GetString(),
            JsonValueKind.Object when step.EnumerateObject().Count() == 1 => step.EnumerateObject().First().Name,
            _ => null,
        };
        Type type = name switch
        {
            RepresentationSettingsConverter.KeyBert => typeof(KeyBertInspired),
            RepresentationSettingsConverter.Relevance => typeof(MaximalMarginalRelevance),
            _ => throw Wrong(
                path,
                $"\"{RepresentationSettingsConverter.KeyBert}\" or \"{RepresentationSettingsConverter.Relevance}\", "
                    + "alone or as the key of an object of its settings, or a list of them",
                step),
        };
        if (step.ValueKind == JsonValueKind.Object && step.GetProperty(name).ValueKind != JsonValueKind.Null)
        {
            Check(step.GetProperty(name), type, Join(path, name));
        }
    }

    private SettingsFileException Wrong(string path, string expected, JsonElement found)
    {
        string raw = found.GetRawText().ReplaceLineEndings(" ");
        return new SettingsFileException(
            file, $"{path} must be {expected}, found {(raw.Length <= ShownLength ? raw : raw[..ShownLength] + "…")}");
    }

    private SettingsFileException Unknown(string path, string key, IList<JsonPropertyInfo> known)
    {
        string nearest = known.MinBy(candidate => EditDistance(candidate.Name, key))!.Name;
        return new SettingsFileException(
            file, $"unknown key {ViolationList.Quote(Join(path, key))[1..^1]}; the nearest known key is {nearest}");
    }

    private static string Join(string path, string key) => path.Length == 0 ? key : $"{path}.{key}";

    // Levenshtein 1966, with two rows.
    private static int EditDistance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        int[] current = new int[right.Length + 1];
        for (int i = 1; i <= left.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replaced = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replaced, Math.Min(previous[j], current[j - 1]) + 1);
            }

            (previous, current) = (current, previous);
        }

        return previous[right.Length];
    }
}
