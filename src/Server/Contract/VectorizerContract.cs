using TopicGrpc.Engine.Words;
using TopicGrpc.Engine.Words.Languages;
using TopicGrpc.Engine.Words.Segmentation;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Contract;

/// <summary>Maps the settings of the vectorizer between contract and engine.</summary>
internal static class VectorizerContract
{
    /// <summary>Stop words by the languages of the documents.</summary>
    public const string AutomaticStopWords = "auto";

    /// <summary>scikit-learn's list. The list of the language English has its code as a name.</summary>
    private const string English = "english";
    private const string TokenPattern = "token_pattern";
    private const string Unicode = "unicode";

    /// <summary>Returns the options of the vectorizer.</summary>
    /// <param name="vectorizer">The message; null means BERTopic's vectorizer.</param>
    /// <param name="ngrams">Words per term of BERTopic's vectorizer; null for the default.</param>
    public static WordOptions FromProto(VectorizerSettings? vectorizer, NgramRange? ngrams)
    {
        WordOptions given = new();
        NgramRange? range = vectorizer is null ? ngrams : vectorizer.NgramRange;
        given = given with { MinNgram = range?.Min ?? given.MinNgram, MaxNgram = range?.Max ?? given.MaxNgram };
        return vectorizer is null ? given : given with
        {
            Lowercase = vectorizer.HasLowercase ? vectorizer.Lowercase : given.Lowercase,
            StopWords = vectorizer.StopWordsChoiceCase switch
            {
                VectorizerSettings.StopWordsChoiceOneofCase.StopWordList => [.. vectorizer.StopWordList.Words],
                VectorizerSettings.StopWordsChoiceOneofCase.StopWords => ListOf(vectorizer.StopWords),
                _ => given.StopWords,
            },
            MinTopicFrequency = vectorizer.MinDfCase switch
            {
                VectorizerSettings.MinDfOneofCase.MinDfCount => FrequencyLimit.Count(vectorizer.MinDfCount),
                VectorizerSettings.MinDfOneofCase.MinDfShare => FrequencyLimit.Share(vectorizer.MinDfShare),
                _ => given.MinTopicFrequency,
            },
            MaxTopicFrequency = vectorizer.MaxDfCase switch
            {
                VectorizerSettings.MaxDfOneofCase.MaxDfCount => FrequencyLimit.Count(vectorizer.MaxDfCount),
                VectorizerSettings.MaxDfOneofCase.MaxDfShare => FrequencyLimit.Share(vectorizer.MaxDfShare),
                _ => given.MaxTopicFrequency,
            },
            MaxTerms = vectorizer.HasMaxFeatures ? vectorizer.MaxFeatures : given.MaxTerms,
            Vocabulary = vectorizer.Vocabulary.Count > 0 ? [.. vectorizer.Vocabulary] : given.Vocabulary,
            Segmentation = vectorizer.Segmentation == Unicode ? WordSegmentation.Unicode : given.Segmentation,
        };
    }

    /// <summary>Returns the message with all fields set except infinite limits.</summary>
    public static VectorizerSettings ToProto(WordOptions words)
    {
        VectorizerSettings vectorizer = new()
        {
            NgramRange = new NgramRange { Min = words.MinNgram, Max = words.MaxNgram },
            Lowercase = words.Lowercase,
            Segmentation = words.Segmentation == WordSegmentation.Unicode ? Unicode : TokenPattern,
        };
        if (NameOf(words.StopWords) is { } name)
        {
            vectorizer.StopWords = name;
        }
        else if (words.StopWords.Count > 0)
        {
            vectorizer.StopWordList = new VectorizerSettings.Types.WordList { Words = { words.StopWords } };
        }

        if (words.MinTopicFrequency.IsShare)
        {
            vectorizer.MinDfShare = words.MinTopicFrequency.Value;
        }
        else
        {
            vectorizer.MinDfCount = (int)words.MinTopicFrequency.Value;
        }

        if (words.MaxTopicFrequency.IsShare)
        {
            vectorizer.MaxDfShare = words.MaxTopicFrequency.Value;
        }
        else
        {
            vectorizer.MaxDfCount = (int)words.MaxTopicFrequency.Value;
        }

        if (words.MaxTerms is { } terms)
        {
            vectorizer.MaxFeatures = terms;
        }

        vectorizer.Vocabulary.AddRange(words.Vocabulary ?? []);
        return vectorizer;
    }

    /// <summary>Returns the words of a named list; none for the names that are no list.</summary>
    private static IReadOnlyCollection<string> ListOf(string name) =>
        name == English ? StopWords.English : Language.Find(name)?.StopWords ?? [];

    /// <summary>Returns the name of the list that has exactly these words; null if there is none.</summary>
    private static string? NameOf(IReadOnlyCollection<string> words)
    {
        if (IsSame(words, StopWords.English))
        {
            return English;
        }

        Language? language = Language.All.FirstOrDefault(language => IsSame(words, language.StopWords));
        return language?.Name == English ? language.Code : language?.Name;
    }

    private static bool IsSame(IReadOnlyCollection<string> words, IReadOnlyCollection<string> list) =>
        words.Count == list.Count && words.All(list.Contains);
}
