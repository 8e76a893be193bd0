using TopicGrpc.Engine.Words;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Settings of the word counts between contract and engine.</summary>
internal static class WordSettingsMapping
{
    private const int MaxStopWords = 100_000;
    private const int MaxVocabulary = 1_000_000;

    public static WordOptions FromProto(FitSettings settings, SettingsChecks checks)
    {
        if (settings.Vectorizer is { } vectorizer)
        {
            return FromProto(vectorizer, "settings.vectorizer.", checks);
        }

        (int min, int max) = checks.Ngrams("settings.n_gram_range", settings.NGramRange);
        return new WordOptions { MinNgram = min, MaxNgram = max };
    }

    /// <summary>A vectorizer that is given.</summary>
    /// <param name="vectorizer">The message.</param>
    /// <param name="at">Path of its fields in the request.</param>
    /// <param name="checks">Gets what is wrong.</param>
    public static WordOptions FromProto(VectorizerSettings vectorizer, string at, SettingsChecks checks)
    {
        (int min, int max) = checks.Ngrams(at + "ngram_range", vectorizer.NgramRange);
        checks.Range(at + "vocabulary", vectorizer.Vocabulary.Count, 0, MaxVocabulary);
        return new WordOptions
        {
            Lowercase = !vectorizer.HasLowercase || vectorizer.Lowercase,
            StopWords = StopWordsOf(vectorizer, at, checks),
            MinNgram = min,
            MaxNgram = max,
            MinTopicFrequency = vectorizer.MinDfCase switch
            {
                VectorizerSettings.MinDfOneofCase.MinDfCount => Count(at + "min_df_count", vectorizer.MinDfCount, checks),
                VectorizerSettings.MinDfOneofCase.MinDfShare => Share(at + "min_df_share", vectorizer.MinDfShare, checks),
                _ => FrequencyLimit.Count(1),
            },
            MaxTopicFrequency = vectorizer.MaxDfCase switch
            {
                VectorizerSettings.MaxDfOneofCase.MaxDfCount => Count(at + "max_df_count", vectorizer.MaxDfCount, checks),
                VectorizerSettings.MaxDfOneofCase.MaxDfShare => Share(at + "max_df_share", vectorizer.MaxDfShare, checks),
                _ => FrequencyLimit.Share(1.0),
            },
            MaxTerms = vectorizer.HasMaxFeatures ? checks.Range(at + "max_features", vectorizer.MaxFeatures, 1) : null,
            Vocabulary = vectorizer.Vocabulary.Count == 0 ? null : [.. vectorizer.Vocabulary],
        };
    }

    private static IReadOnlyCollection<string> StopWordsOf(VectorizerSettings vectorizer, string at, SettingsChecks checks)
    {
        if (vectorizer.StopWordsChoiceCase == VectorizerSettings.StopWordsChoiceOneofCase.StopWordList)
        {
            checks.Range(at + "stop_word_list.words", vectorizer.StopWordList.Words.Count, 0, MaxStopWords);
            return [.. vectorizer.StopWordList.Words];
        }

        return vectorizer.StopWordsChoiceCase == VectorizerSettings.StopWordsChoiceOneofCase.StopWords
            ? checks.OneOf<IReadOnlyCollection<string>>(at + "stop_words", vectorizer.StopWords, ("english", StopWords.English), (string.Empty, []))
            : [];
    }

    // Out of range is reported by the checks; the engine's type would throw before the rest is looked at.
    private static FrequencyLimit Count(string field, int value, SettingsChecks checks) => FrequencyLimit.Count(Math.Max(1, checks.Range(field, value, 1)));

    private static FrequencyLimit Share(string field, double value, SettingsChecks checks)
    {
        checks.Range(field, value, 0, 1);
        return FrequencyLimit.Share(value is >= 0 and <= 1 ? value : 1);
    }
}
