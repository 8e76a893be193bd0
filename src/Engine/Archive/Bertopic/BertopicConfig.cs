using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Settings;

namespace TopicGrpc.Engine.Archive.Bertopic;

/// <summary>Reads and writes <c>config.json</c>, the parameters of BERTopic's constructor.</summary>
internal static class BertopicConfig
{
    private const string Publisher = "sentence-transformers/";
    private const int MaxClusterSize = 1_000_000;

    /// <summary>Parameters with a counterpart in the settings. All others are stored unchanged.</summary>
    private static readonly string[] Mapped =
    [
        BertopicNames.CalculateProbabilities,
        BertopicNames.Language,
        BertopicNames.MinTopicSize,
        BertopicNames.TopicCount,
        BertopicNames.TopWords,
    ];

    /// <summary>Reads the settings, without those of vectorizer and c-TF-IDF, which are in another file.</summary>
    /// <exception cref="InvalidDataException">A parameter has another type, or the encoder differs.</exception>
    public static TopicModelOptions Read(ForeignJson json, EmbedderInfo embedder, SourceParameters source)
    {
        CheckEncoder(json.TryValue(BertopicNames.EmbeddingModel), embedder);
        foreach ((string name, ForeignJson value) in json.Members())
        {
            if (!Mapped.Contains(name, StringComparer.Ordinal))
            {
                source.Add(name, value);
            }
        }

        TopicModelOptions defaults = new();
        int? clusterSize = json.TryValue(BertopicNames.MinTopicSize)?.Whole(1, MaxClusterSize);
        bool english = json.TryValue(BertopicNames.Language)?.Text() == BertopicNames.English;
        return defaults with
        {
            CalculateProbabilities = json.TryValue(BertopicNames.CalculateProbabilities)?.Boolean() ?? false,
            TopWordCount = json.TryValue(BertopicNames.TopWords)?.Whole(1, BertopicTopics.MaxWords) ?? defaults.TopWordCount,
            Clusters = defaults.Clusters with { MinClusterSize = clusterSize ?? defaults.Clusters.MinClusterSize },
            Reduction = json.TryValue(BertopicNames.TopicCount) is { } count ? Target(count) : TopicReduction.None,
            Words = defaults.Words with { KeepAsciiOnly = english },
        };
    }

    public static JsonObject Write(TopicModel model)
    {
        TopicModelOptions options = model.Options;
        JsonObject json = new()
        {
            [BertopicNames.CalculateProbabilities] = options.CalculateProbabilities,
            [BertopicNames.Language] = options.Words.KeepAsciiOnly ? BertopicNames.English : null,
            [BertopicNames.LowMemory] = false,
            [BertopicNames.MinTopicSize] = options.Clusters.MinClusterSize,
            [BertopicNames.NgramRange] = new JsonArray(options.Words.MinNgram, options.Words.MaxNgram),
            [BertopicNames.TopicCount] = options.Reduction switch
            {
                { Automatic: true } => BertopicNames.Auto,
                { Count: > 0 } => options.Reduction.Count,
                _ => null,
            },
            [BertopicNames.SeedTopics] = options.SeedTopics.Count == 0 ? null : new JsonArray([.. options.SeedTopics.Select(Texts)]),
            [BertopicNames.TopWords] = options.TopWordCount,
            [BertopicNames.Verbose] = false,
            [BertopicNames.ZeroShotSimilarity] = options.ZeroShotMinSimilarity,
            [BertopicNames.ZeroShotTopics] = options.ZeroShotTopics.Count == 0 ? null : Texts(options.ZeroShotTopics),
            [BertopicNames.EmbeddingModel] = EncoderName(model.Embedder),
        };
        foreach ((string name, string value) in model.State.SourceSettings ?? new Dictionary<string, string>())
        {
            if (!name.StartsWith(BertopicWords.SourcePrefix, StringComparison.Ordinal))
            {
                json[name] = JsonNode.Parse(value);
            }
        }

        return json;
    }

    private static JsonArray Texts(IReadOnlyList<string> texts) => [.. texts.Select(text => (JsonNode?)text)];

    private static TopicReduction Target(ForeignJson count) => count.Kind == JsonValueKind.String
        ? TopicReduction.Auto
        : new TopicReduction(count.Whole(0, int.MaxValue), Automatic: false);

    /// <summary>Rejects another encoder, because its embeddings are not comparable with the centroids.</summary>
    private static void CheckEncoder(ForeignJson? field, EmbedderInfo embedder)
    {
        if (field?.Text() is { } name && !BertopicEncoder.IsNameOf(name, embedder))
        {
            throw new InvalidDataException(
                $"{BertopicNames.Config}: {BertopicNames.EmbeddingModel} is {name}, but the encoder is {embedder.Name}. Embeddings of "
                + "different encoders are not comparable. Import the model with its own encoder.");
        }
    }

    private static string EncoderName(EmbedderInfo embedder) =>
        embedder.Name.Contains('/', StringComparison.Ordinal) ? embedder.Name : Publisher + embedder.Name;
}
