using System.Text.Json;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Parity.Topics;

/// <summary>Settings of the vectorizer in the configuration that BERTopic saves with a model.</summary>
internal static class RecordedWords
{
    private const string File = "safetensors/ctfidf_config.json";

    /// <summary>Returns the settings; null if the recording has no saved model.</summary>
    /// <exception cref="InvalidDataException">The stop words are neither none, "english" nor a list.</exception>
    public static WordOptions? Read(GoldenFolder golden, string folder)
    {
        string file = $"{folder}/{File}";
        if (!golden.Has(file))
        {
            return null;
        }

        using var json = JsonDocument.Parse(golden.ReadText(file));
        JsonElement settings = json.RootElement.GetProperty("vectorizer_model").GetProperty("params");
        JsonElement range = settings.GetProperty("ngram_range");
        return new WordOptions
        {
            StopWords = Words(settings.GetProperty("stop_words")),
            MinNgram = range[0].GetInt32(),
            MaxNgram = range[1].GetInt32(),
            MinTopicFrequency = Limit(settings.GetProperty("min_df")),
            MaxTopicFrequency = Limit(settings.GetProperty("max_df")),
            Lowercase = settings.GetProperty("lowercase").GetBoolean(),
        };
    }

    private static IReadOnlyCollection<string> Words(JsonElement words) => words.ValueKind switch
    {
        JsonValueKind.Null => [],
        JsonValueKind.Array => [.. words.EnumerateArray().Select(static word => word.GetString()!)],
        _ when words.GetString() == "english" => StopWords.English,
        _ => throw new InvalidDataException($"stop_words {words} in the recording is neither null, \"english\" nor a list."),
    };

    /// <summary>Reads a Python int as a count and a float as a share; only the text distinguishes 1 and 1.0.</summary>
    private static FrequencyLimit Limit(JsonElement value) => value.GetRawText().AsSpan().ContainsAny(".eE")
        ? FrequencyLimit.Share(value.GetDouble())
        : FrequencyLimit.Count(value.GetInt32());
}
