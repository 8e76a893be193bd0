using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Explorer.Fitting;

/// <summary>The values of the form, and the settings that they mean. An empty value is a setting that is not given.</summary>
internal sealed class SettingsInput
{
    private static readonly Dictionary<string, string> SectionKeys = new(StringComparer.Ordinal)
    {
        ["umap"] = "umap_model",
        ["hdbscan"] = "hdbscan_model",
        ["vectorizer"] = "vectorizer_model",
        ["ctfidf"] = "ctfidf_model",
    };

    // Keys of the settings file in which Python has one parameter of several types and the contract has several fields.
    private static readonly Dictionary<string, string> SharedKeys = new(StringComparer.Ordinal)
    {
        ["nr_topics_auto"] = "nr_topics",
        ["stop_word_list"] = "stop_words",
        ["min_df_count"] = "min_df",
        ["min_df_share"] = "min_df",
        ["max_df_count"] = "max_df",
        ["max_df_share"] = "max_df",
    };

    /// <summary>Where the settings that are not given come from.</summary>
    public FitPreset Preset { get; set; } = FitPreset.Auto;

    /// <summary>Values by the path of their setting.</summary>
    public Dictionary<string, string> Values { get; } = new(StringComparer.Ordinal);

    /// <summary>Further settings as JSON with the keys of a settings file; they replace those of the form.</summary>
    public string Json { get; set; } = "";

    /// <summary>Returns the settings.</summary>
    /// <exception cref="SettingsFileException">A value breaks a rule; the message names the setting.</exception>
    public FitSettings ToSettings()
    {
        JsonObject file = [];
        foreach (SettingField field in SettingsCatalog.Instance.Fields)
        {
            if (Values.GetValueOrDefault(field.Path) is { } text && !string.IsNullOrWhiteSpace(text))
            {
                Add(file, field, text.Trim());
            }
        }

        foreach ((string key, JsonNode? value) in Further())
        {
            file[key] = value?.DeepClone();
        }

        file["preset"] = Preset == FitPreset.Auto ? "auto" : "bertopic";
        return FitSettingsFile.Parse(file.ToJsonString());
    }

    private static void Add(JsonObject file, SettingField field, string text)
    {
        JsonObject target = file;
        if (field.Section.Length > 0)
        {
            string section = SectionKeys.GetValueOrDefault(field.Section, field.Section);
            target = file[section] as JsonObject ?? [];
            file[section] = target;
        }

        string key = SharedKeys.GetValueOrDefault(field.Name, field.Name);
        if (target.ContainsKey(key))
        {
            throw Invalid($"{field.Path} sets {key} a second time; give one of the two");
        }

        if (field.Name == "nr_topics_auto")
        {
            if (text == "true")
            {
                target[key] = "auto";
            }
        }
        else
        {
            target[key] = ToNode(field, text);
        }
    }

    private static JsonNode ToNode(SettingField field, string text) => field.Kind switch
    {
        SettingKind.Whole => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)
            ? JsonValue.Create(whole)
            : throw Invalid($"{field.Path} is \"{text}\", not a whole number"),
        SettingKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && double.IsFinite(number)
                ? ToFloat(number)
                : throw Invalid($"{field.Path} is \"{text}\", not a number"),
        SettingKind.Flag => JsonValue.Create(text == "true"),
        SettingKind.Lines => ToArray(Split(text, '\n')),
        SettingKind.WordLists => new JsonArray([.. Split(text, '\n').Select(static line => (JsonNode)ToArray(Split(line, ',')))]),
        SettingKind.Range => ToRange(field, text),
        _ => JsonValue.Create(text),
    };

    // As in Python, 1 and 1.0 differ: a share needs its point.
    private static JsonNode ToFloat(double number)
    {
        string text = number.ToString("R", CultureInfo.InvariantCulture);
        return JsonNode.Parse(text.AsSpan().ContainsAny(".E") ? text : text + ".0")!;
    }

    private static JsonArray ToRange(SettingField field, string text)
    {
        string[] ends = Split(text.Replace("to", "-", StringComparison.Ordinal), '-');
        return ends.Length == 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int min)
            && int.TryParse(ends[1], NumberStyles.None, CultureInfo.InvariantCulture, out int max)
                ? [min, max]
                : throw Invalid($"{field.Path} is \"{text}\"; write two whole numbers such as 1-2");
    }

    private static JsonArray ToArray(string[] texts) => new([.. texts.Select(static text => (JsonNode)JsonValue.Create(text))]);

    private static string[] Split(string text, char separator) =>
        text.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private JsonObject Further()
    {
        if (string.IsNullOrWhiteSpace(Json))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(Json) as JsonObject ?? throw Invalid("the further settings are not a JSON object");
        }
        catch (JsonException exception)
        {
            throw Invalid($"the further settings are not JSON: {exception.Message}");
        }
    }

    private static SettingsFileException Invalid(string message) => new("settings", message);
}
