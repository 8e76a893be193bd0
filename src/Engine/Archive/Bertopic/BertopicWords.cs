using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Reads and writes <c>ctfidf_config.json</c>, the parameters of scikit-learn's <c>CountVectorizer</c> and of c-TF-IDF.</summary>
internal static class BertopicWords
{
    /// <summary>Prefix of the vectorizer parameters among the settings that are stored unchanged.</summary>
    public const string SourcePrefix = BertopicNames.VectorizerModel + ".";

    /// <summary>Limit as for a fit: a text of n words has up to n terms of each length.</summary>
    private const int MaxNgram = 5;

    private static readonly string[] Mapped =
    [
        BertopicNames.Lowercase, BertopicNames.MaxFrequency, BertopicNames.MaxFeatures, BertopicNames.MinFrequency,
        BertopicNames.VectorizerNgrams, BertopicNames.StopWords, BertopicNames.FixedVocabulary,
    ];

    /// <summary>Parameters without a setting in this engine, with the values that the engine uses.</summary>
    private static readonly (string Name, string Json)[] Fixed =
    [
        ("analyzer", "\"word\""),
        ("binary", "false"),
        ("decode_error", "\"strict\""),
        ("encoding", "\"utf-8\""),
        ("input", "\"content\""),
        ("strip_accents", "null"),
        ("token_pattern", "\"(?u)\\\\b\\\\w\\\\w+\\\\b\""),
    ];

    private static readonly string[] SameInAnyCase = ["decode_error", "encoding", "input"];

    public static ClassTfIdfOptions ReadWeights(ForeignJson json) => new()
    {
        Bm25Weighting = json.Member(BertopicNames.Bm25).Boolean(),
        ReduceFrequentWords = json.Member(BertopicNames.ReduceFrequentWords).Boolean(),
    };

    /// <summary>Reads the vectorizer's parameters.</summary>
    /// <param name="json">The parameters.</param>
    /// <param name="options">Settings known so far.</param>
    /// <param name="source">Receives parameters without a counterpart.</param>
    /// <param name="differing">Receives the names of the parameters whose values this engine cannot apply.</param>
    public static WordOptions Read(ForeignJson json, WordOptions options, SourceParameters source, List<string> differing)
    {
        foreach ((string name, ForeignJson value) in json.Members())
        {
            if (!Mapped.Contains(name, StringComparer.Ordinal))
            {
                Keep(name, value, source, differing);
            }
        }

        int[] range = json.TryValue(BertopicNames.VectorizerNgrams) is { } field
            ? [.. field.Items().Select(item => item.Whole(1, MaxNgram))]
            : [1, 1];
        if (range.Length != 2 || range[1] < range[0])
        {
            throw json.Member(BertopicNames.VectorizerNgrams).Wrong("two numbers, the smaller first");
        }

        return options with
        {
            Lowercase = json.TryValue(BertopicNames.Lowercase)?.Boolean() ?? true,
            StopWords = json.TryValue(BertopicNames.StopWords) is { } words ? ReadStopWords(words) : [],
            MinNgram = range[0],
            MaxNgram = range[1],
            MinTopicFrequency = json.TryValue(BertopicNames.MinFrequency) is { } least ? ReadLimit(least) : FrequencyLimit.Count(1),
            MaxTopicFrequency = json.TryValue(BertopicNames.MaxFrequency) is { } most ? ReadLimit(most) : FrequencyLimit.Share(1.0),
            MaxTerms = json.TryValue(BertopicNames.MaxFeatures)?.Whole(1, int.MaxValue),
            Vocabulary = json.TryValue(BertopicNames.FixedVocabulary)?.Items().Select(term => term.Text()).ToArray(),
        };
    }

    public static JsonObject Write(WordOptions words, IReadOnlyDictionary<string, string>? source)
    {
        Dictionary<string, JsonNode?> parameters = new(StringComparer.Ordinal)
        {
            [BertopicNames.Lowercase] = words.Lowercase,
            [BertopicNames.MaxFrequency] = Limit(words.MaxTopicFrequency),
            [BertopicNames.MaxFeatures] = words.MaxTerms,
            [BertopicNames.MinFrequency] = Limit(words.MinTopicFrequency),
            [BertopicNames.VectorizerNgrams] = new JsonArray(words.MinNgram, words.MaxNgram),
            [BertopicNames.StopWords] = StopWordsOf(words.StopWords),
            [BertopicNames.FixedVocabulary] = words.Vocabulary is { } terms ? Texts(terms) : null,
        };
        foreach ((string name, string value) in Fixed)
        {
            string kept = source is not null && source.TryGetValue(SourcePrefix + name, out string? given) ? given : value;
            parameters[name] = JsonNode.Parse(kept);
        }

        // scikit-learn orders its parameters by name.
        return new JsonObject(parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal));
    }

    private static void Keep(string name, ForeignJson value, SourceParameters source, List<string> differing)
    {
        source.Add(SourcePrefix + name, value);
        (string Name, string Json) known = Array.Find(Fixed, parameter => parameter.Name == name);
        bool same = known.Name is not null && JsonNode.DeepEquals(JsonNode.Parse(known.Json), JsonNode.Parse(value.RawText()));
        if (!same && !SameInAnyCase.Contains(name, StringComparer.Ordinal))
        {
            differing.Add(name);
        }
    }

    private static IReadOnlyCollection<string> ReadStopWords(ForeignJson field)
    {
        if (field.Kind == JsonValueKind.Array)
        {
            return [.. field.Items().Select(word => word.Text())];
        }

        return field.Text() == BertopicNames.English ? StopWords.English : throw field.Wrong("a list of words or \"english\"");
    }

    /// <summary>Reads a count (Python int) or a share (Python float). Only the text distinguishes 1 and 1.0.</summary>
    private static FrequencyLimit ReadLimit(ForeignJson field)
    {
        double value = field.Number();
        bool whole = field.RawText().AsSpan().IndexOfAny(".eE") < 0;
        if (whole)
        {
            return FrequencyLimit.Count(field.Whole(1, int.MaxValue));
        }

        return value is >= 0 and <= 1 ? FrequencyLimit.Share(value) : throw field.Wrong("a share from 0.0 to 1.0 or a number of topics");
    }

    private static JsonNode? Limit(FrequencyLimit limit)
    {
        string text = limit.Value.ToString("R", CultureInfo.InvariantCulture);
        bool needsPoint = limit.IsShare && text.AsSpan().IndexOfAny(".eE") < 0;
        return JsonNode.Parse(needsPoint ? text + ".0" : text);
    }

    private static JsonNode? StopWordsOf(IReadOnlyCollection<string> words) => words.Count switch
    {
        0 => null,
        _ when words.ToHashSet(StringComparer.Ordinal).SetEquals(StopWords.English) => BertopicNames.English,
        _ => Texts([.. words.Order(StringComparer.Ordinal)]),
    };

    private static JsonArray Texts(IReadOnlyList<string> texts) => [.. texts.Select(text => (JsonNode?)text)];
}
