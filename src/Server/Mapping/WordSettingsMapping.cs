using TopicGrpc.Engine.Words;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Mapping;

/// <summary>Settings of the word counts between contract and engine.</summary>
internal static class WordSettingsMapping
{
    private const string At = "settings.vectorizer.";
    private const int MaxStopWords = 100_000;
    private const int MaxVocabulary = 1_000_000;

    public static WordOptions FromProto(FitSettings settings, SettingsChecks checks)
    {
        if (settings.Vectorizer is not { } vectorizer)
        {
            (int least, int most) = checks.Ngrams("settings.n_gram_range", settings.NGramRange);
            return new WordOptions { MinNgram = least, MaxNgram = most };
        }

        (int min, int max) = checks.Ngrams(At + "ngram_range", vectorizer.NgramRange);
        checks.Range(At + "vocabulary", vectorizer.Vocabulary.Count, 0, MaxVocabulary);
        return new WordOptions
        {
            Lowercase = !vectorizer.HasLowercase || vectorizer.Lowercase,
            StopWords = StopWordsOf(vectorizer, checks),
            MinNgram = min,
            MaxNgram = max,
            MinTopicFrequency = vectorizer.MinDfCase switch
            {
                VectorizerSettings.MinDfOneofCase.MinDfCount => Count("min_df_count", vectorizer.MinDfCount, checks),
                VectorizerSettings.MinDfOneofCase.MinDfShare => Share("min_df_share", vectorizer.MinDfShare, checks),
                _ => FrequencyLimit.Count(1),
            },
            MaxTopicFrequency = vectorizer.MaxDfCase switch
            {
                VectorizerSettings.MaxDfOneofCase.MaxDfCount => Count("max_df_count", vectorizer.MaxDfCount, checks),
                VectorizerSettings.MaxDfOneofCase.MaxDfShare => Share("max_df_share", vectorizer.MaxDfShare, checks),
                _ => FrequencyLimit.Share(1.0),
            },
            MaxTerms = vectorizer.HasMaxFeatures ? checks.Range(At + "max_features", vectorizer.MaxFeatures, 1) : null,
            Vocabulary = vectorizer.Vocabulary.Count == 0 ? null : [.. vectorizer.Vocabulary],
        };
    }

    private static IReadOnlyCollection<string> StopWordsOf(VectorizerSettings vectorizer, SettingsChecks checks)
    {
        if (vectorizer.StopWordsChoiceCase == VectorizerSettings.StopWordsChoiceOneofCase.StopWordList)
        {
            checks.Range(At + "stop_word_list.words", vectorizer.StopWordList.Words.Count, 0, MaxStopWords);
            return [.. vectorizer.StopWordList.Words];
        }

        return vectorizer.StopWordsChoiceCase == VectorizerSettings.StopWordsChoiceOneofCase.StopWords
            ? checks.OneOf<IReadOnlyCollection<string>>(At + "stop_words", vectorizer.StopWords, ("english", StopWords.English), (string.Empty, []))
            : [];
    }

    // Out of range is reported by the checks; the engine's type would throw before the rest is looked at.
    private static FrequencyLimit Count(string field, int value, SettingsChecks checks) => FrequencyLimit.Count(Math.Max(1, checks.Range(At + field, value, 1)));

    private static FrequencyLimit Share(string field, double value, SettingsChecks checks)
    {
        checks.Range(At + field, value, 0, 1);
        return FrequencyLimit.Share(value is >= 0 and <= 1 ? value : 1);
    }
}
