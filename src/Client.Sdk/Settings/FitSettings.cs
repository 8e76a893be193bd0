using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Settings of a fit, with the meaning of the Python parameters named. As in Python, a sub-model that is null is the one BERTopic makes itself,
/// while one that is given takes its own library's defaults for what it leaves out. With <see cref="FitPreset.Auto"/> the server chooses
/// what is left out, in a sub-model too.
/// </summary>
public sealed record FitSettings
{
    /// <summary>The server chooses everything: from the number of documents and the cluster tree, never from labels.</summary>
    public static FitSettings Auto { get; } = new() { Preset = FitPreset.Auto };

    /// <summary>BERTopic's defaults.</summary>
    public static FitSettings Bertopic { get; } = new();

    /// <summary>Where the settings that are left out come from. Default: BERTopic's.</summary>
    [JsonPropertyName("preset")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FitPreset Preset { get; init; }

    /// <summary>Layout; Python <c>umap_model</c>. Null: BERTopic's UMAP, 15 neighbors, 5 coordinates, spacing 0, cosine.</summary>
    [JsonPropertyName("umap_model")]
    public UmapSettings? Umap { get; init; }

    /// <summary>Clusters; Python <c>hdbscan_model</c>. Null: BERTopic's HDBSCAN with <see cref="MinTopicSize"/>.</summary>
    [JsonPropertyName("hdbscan_model")]
    public HdbscanSettings? Hdbscan { get; init; }

    /// <summary>Word counts; Python <c>vectorizer_model</c>. Null: a plain vectorizer with <see cref="NgramRange"/>.</summary>
    [JsonPropertyName("vectorizer_model")]
    public VectorizerSettings? Vectorizer { get; init; }

    /// <summary>Word weights; Python <c>ctfidf_model</c>.</summary>
    [JsonPropertyName("ctfidf_model")]
    public CtfidfSettings? Ctfidf { get; init; }

    /// <summary>Number of topics to reduce to; Python <c>nr_topics</c>. Default: no reduction.</summary>
    [JsonPropertyName("nr_topics")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TopicReduction Reduction { get; init; } = TopicReduction.None;

    /// <summary>Words per topic; Python <c>top_n_words</c>. 1 to 100. Default 10.</summary>
    [JsonPropertyName("top_n_words")]
    public int? TopWordCount { get; init; }

    /// <summary>Fewest documents in a topic; Python <c>min_topic_size</c>. 2 or more. Default 10. Unused beside <see cref="Hdbscan"/>.</summary>
    [JsonPropertyName("min_topic_size")]
    public int? MinTopicSize { get; init; }

    /// <summary>Words of a term; Python <c>n_gram_range</c>. Default 1 to 1. Unused beside <see cref="Vectorizer"/>.</summary>
    [JsonPropertyName("n_gram_range")]
    public NgramRange? NgramRange { get; init; }

    /// <summary>Keep the probabilities of all topics for all documents; Python <c>calculate_probabilities</c>. Default false.</summary>
    [JsonPropertyName("calculate_probabilities")]
    public bool? CalculateProbabilities { get; init; }

    /// <summary>Seed of every random choice; Python <c>random_state</c>. Default 42.</summary>
    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    /// <summary>Topics to look for, each by its words: documents near them are drawn together and the words weigh more; Python <c>seed_topic_list</c>. At most 500 topics, 100 words each, 5,000 in all. Default none.</summary>
    [JsonPropertyName("seed_topic_list")]
    public IReadOnlyList<IReadOnlyList<string>> SeedTopics { get; init; } = [];

    /// <summary>Names of topics that documents are given to first; Python <c>zeroshot_topic_list</c>. At most 500. Where a document is near one, the version predicts by centroid. Default none.</summary>
    [JsonPropertyName("zeroshot_topic_list")]
    public IReadOnlyList<string> ZeroShotTopics { get; init; } = [];

    /// <summary>Least cosine of a document and the name of its zero-shot topic, −1 to 1; Python <c>zeroshot_min_similarity</c>. Default 0.7.</summary>
    [JsonPropertyName("zeroshot_min_similarity")]
    public double? ZeroShotMinSimilarity { get; init; }

    /// <summary>How the words are chosen; Python <c>representation_model</c>. Null: by weight.</summary>
    [JsonPropertyName("representation_model")]
    public RepresentationSettings? Representation { get; init; }

    /// <summary>Attribute of the documents whose values are drawn together in the layout; Python <c>y</c>. Documents without it, or with an empty value or <c>-1</c>, have no class. Null: none.</summary>
    [JsonPropertyName("target_attribute")]
    public string? TargetAttribute { get; init; }

    /// <summary>Attribute of the documents whose values are the topics: nothing is clustered, and the version predicts by centroid. Python <c>y</c> with empty sub-models. Documents without it, or with an empty value or <c>-1</c>, are outliers. Null: topics are found.</summary>
    [JsonPropertyName("topic_attribute")]
    public string? TopicAttribute { get; init; }

    /// <summary>Coherence measures for the report beside <see cref="CoherenceMeasures.Npmi"/>, which it always has; names of <see cref="CoherenceMeasures"/>. Default none.</summary>
    [JsonPropertyName("coherence_measures")]
    public IReadOnlyList<string> CoherenceMeasures { get; init; } = [];
}
