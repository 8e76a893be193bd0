using System.Text.Json;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>The keys of <c>vectorizer_model</c>.</summary>
internal static class VectorizerKeys
{
    private const string English = "english";

    public static VectorizerSettings? Read(SettingsSection? section)
    {
        if (section is null)
        {
            return null;
        }

        VectorizerSettings settings = new()
        {
            StopWords = ReadStopWords(section, "stop_words"),
            MinTopicFrequency = Frequency(section, "min_df"),
            MaxTopicFrequency = Frequency(section, "max_df"),
            NgramRange = NgramKey.Read(section, "ngram_range"),
            Lowercase = section.Flag("lowercase"),
            MaxTerms = section.Integer("max_features", 1),
            Vocabulary = section.Words("vocabulary") ?? [],
        };
        section.RefuseUnknown();
        return settings;
    }

    private static StopWords? ReadStopWords(SettingsSection section, string key)
    {
        if (section.Value(key) is { ValueKind: JsonValueKind.Array })
        {
            return StopWords.Of(section.Words(key)!);
        }

        return section.Choice(key, English) is string list ? StopWords.Named(list) : null;
    }

    private static FrequencyLimit? Frequency(SettingsSection section, string key)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return null;
        }

        if (SettingsSection.IsInteger(value) && value.TryGetInt32(out int count) && count >= 1)
        {
            return FrequencyLimit.Count(count);
        }

        return value.ValueKind == JsonValueKind.Number && !SettingsSection.IsInteger(value) && value.GetDouble() is double share and >= 0 and <= 1
            ? FrequencyLimit.Share(share)
            : throw section.Wrong(key, "a number of topics (whole, 1 or more) or a share of them (with a decimal point, 0.0 to 1.0)", value);
    }
}
