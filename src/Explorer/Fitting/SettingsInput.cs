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

    /// <summary>How the words of the topics are chosen.</summary>
    public WordInput Words { get; } = new();

    /// <summary>The content of a settings file; its settings replace those of the form.</summary>
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

        if (Words.ToNode() is { } words)
        {
            file["representation_model"] = words;
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
            throw SettingValue.Invalid($"{field.Path} sets {key} a second time; give one of the two");
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
            target[key] = SettingValue.Parse(field, text);
        }
    }

    private JsonObject Further()
    {
        if (string.IsNullOrWhiteSpace(Json))
        {
            return [];
        }

        try
        {
            return JsonNode.Parse(Json) as JsonObject ?? throw SettingValue.Invalid("the settings file is not a JSON object");
        }
        catch (JsonException exception)
        {
            throw SettingValue.Invalid($"the settings file is not JSON: {exception.Message}");
        }
    }
}
