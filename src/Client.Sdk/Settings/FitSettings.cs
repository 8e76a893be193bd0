using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// Settings of a fit, equal to the named Python parameters. As in Python, a null sub-model has BERTopic's own settings,
/// while null properties of a given sub-model have the defaults of its library. With <see cref="FitPreset.Auto"/> the server chooses
/// all null properties, also those of sub-models.
/// </summary>
public sealed record FitSettings
{
    /// <summary>The server chooses all settings from the number of documents and the cluster tree, never from class labels.</summary>
    public static FitSettings Auto { get; } = new() { Preset = FitPreset.Auto };

    /// <summary>BERTopic's defaults.</summary>
    public static FitSettings Bertopic { get; } = new();

    /// <summary>Source of the settings that are null. Default: BERTopic's defaults.</summary>
    [JsonPropertyName("preset")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public FitPreset Preset { get; init; }

    /// <summary>
    /// UMAP; Python <c>umap_model</c>. Null: BERTopic's UMAP with 15 neighbors, 5 components, min_dist 0 and cosine distance.
    /// </summary>
    [JsonPropertyName("umap_model")]
    public UmapSettings? Umap { get; init; }

    /// <summary>HDBSCAN; Python <c>hdbscan_model</c>. Null: BERTopic's HDBSCAN with <see cref="MinTopicSize"/>.</summary>
    [JsonPropertyName("hdbscan_model")]
    public HdbscanSettings? Hdbscan { get; init; }

    /// <summary>Vectorizer; Python <c>vectorizer_model</c>. Null: a vectorizer with <see cref="NgramRange"/>.</summary>
    [JsonPropertyName("vectorizer_model")]
    public VectorizerSettings? Vectorizer { get; init; }

    /// <summary>Term weights (c-TF-IDF); Python <c>ctfidf_model</c>.</summary>
    [JsonPropertyName("ctfidf_model")]
    public CtfidfSettings? Ctfidf { get; init; }

    /// <summary>Topic reduction; Python <c>nr_topics</c>. Default: none.</summary>
    [JsonPropertyName("nr_topics")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public TopicReduction Reduction { get; init; } = TopicReduction.None;

    /// <summary>Words per topic; Python <c>top_n_words</c>. 1 to 100. Default 10.</summary>
    [JsonPropertyName("top_n_words")]
    public int? TopWordCount { get; init; }

    /// <summary>
    /// Smallest number of documents per topic, 2 or more; Python <c>min_topic_size</c>. Default 10. Ignored if <see cref="Hdbscan"/> is
    /// set.
    /// </summary>
    [JsonPropertyName("min_topic_size")]
    public int? MinTopicSize { get; init; }

    /// <summary>Words per term; Python <c>n_gram_range</c>. Default 1 to 1. Ignored if <see cref="Vectorizer"/> is set.</summary>
    [JsonPropertyName("n_gram_range")]
    public NgramRange? NgramRange { get; init; }

    /// <summary>
    /// Whether to keep the probabilities of all topics for all documents; Python <c>calculate_probabilities</c>. Default false.
    /// </summary>
    [JsonPropertyName("calculate_probabilities")]
    public bool? CalculateProbabilities { get; init; }

    /// <summary>
    /// Form of the generated names: <c>id_words</c>, BERTopic's, such as <c>0_card_payment_transfer_account</c>, or <c>distinct</c>, up to
    /// three words or pairs of words that name no other topic, such as <c>lost card, pin, replacement</c>. Default <c>id_words</c>.
    /// </summary>
    [JsonPropertyName("topic_names")]
    public string? TopicNames { get; init; }

    /// <summary>Seed of every random choice; Python <c>random_state</c>. Default 42.</summary>
    [JsonPropertyName("seed")]
    public long? Seed { get; init; }

    /// <summary>
    /// Seed topics by their words; Python <c>seed_topic_list</c>. Documents similar to a seed topic move together; its words weigh more.
    /// At most 500 topics, 100 words each, 5,000 words in total. Default none.
    /// </summary>
    [JsonPropertyName("seed_topic_list")]
    public IReadOnlyList<IReadOnlyList<string>> SeedTopics { get; init; } = [];

    /// <summary>
    /// Names of zero-shot topics; Python <c>zeroshot_topic_list</c>. At most 500. If a document is assigned to one, the version predicts by
    /// centroid. Default none.
    /// </summary>
    [JsonPropertyName("zeroshot_topic_list")]
    public IReadOnlyList<string> ZeroShotTopics { get; init; } = [];

    /// <summary>
    /// Smallest cosine similarity of a document and the name of its zero-shot topic, −1 to 1; Python <c>zeroshot_min_similarity</c>.
    /// Default 0.7.
    /// </summary>
    [JsonPropertyName("zeroshot_min_similarity")]
    public double? ZeroShotMinSimilarity { get; init; }

    /// <summary>Representation of the topics; Python <c>representation_model</c>. Null: the words with the largest weights.</summary>
    [JsonPropertyName("representation_model")]
    public RepresentationSettings? Representation { get; init; }

    /// <summary>
    /// Attribute with the classes of a supervised layout; Python <c>y</c>. A missing or empty value or <c>-1</c> means no class. Null:
    /// unsupervised.
    /// </summary>
    [JsonPropertyName("target_attribute")]
    public string? TargetAttribute { get; init; }

    /// <summary>
    /// Attribute whose values are the topics (manual topics): the fit does not cluster, and the version predicts by centroid. Python
    /// <c>y</c> with empty sub-models. A missing or empty value or <c>-1</c> means an outlier. Null: the fit finds topics.
    /// </summary>
    [JsonPropertyName("topic_attribute")]
    public string? TopicAttribute { get; init; }

    /// <summary>
    /// Treatment of texts that belong to no topic, from <see cref="OutlierPolicies"/>, in the fit, in operations and in predictions.
    /// Default <see cref="OutlierPolicies.Keep"/>.
    /// </summary>
    [JsonPropertyName("outlier_policy")]
    public string? OutlierPolicy { get; init; }

    /// <summary>
    /// Smallest cosine similarity of an outlier and its topic under <see cref="OutlierPolicies.Nearest"/>, −1 to 1. Default 0.3.
    /// </summary>
    [JsonPropertyName("outlier_min_similarity")]
    public double? OutlierMinSimilarity { get; init; }

    /// <summary>
    /// Novelty below which a text is novel, 0 to 1: the expected share of familiar texts that are reported as novel. 0: none. Default 0.05.
    /// </summary>
    [JsonPropertyName("novelty_threshold")]
    public double? NoveltyThreshold { get; init; }

    /// <summary>
    /// Additional coherence measures for the report, from <see cref="CoherenceMeasures"/>; <see cref="CoherenceMeasures.Npmi"/> is always
    /// computed. Default none.
    /// </summary>
    [JsonPropertyName("coherence_measures")]
    public IReadOnlyList<string> CoherenceMeasures { get; init; } = [];

    /// <summary>
    /// Number of topics that the server prefers where layouts agree at more than one: <c>auto</c>, <c>coarse</c> or <c>fine</c>. The last
    /// two require <see cref="FitPreset.Auto"/> without a given min_cluster_size. Default <c>auto</c>: the number on which they agree most.
    /// </summary>
    [JsonPropertyName("granularity")]
    public string? Granularity { get; init; }

    /// <summary>
    /// Whether documents with the same text are one weighted document in neighbors, layout and clusters, so that they get one topic.
    /// Without effect with <see cref="TargetAttribute"/> and <see cref="SeedTopics"/>, and if a document gets a zero-shot topic. Default
    /// false; true with <see cref="FitPreset.Auto"/>.
    /// </summary>
    [JsonPropertyName("merge_duplicates")]
    public bool? MergeDuplicates { get; init; }

    /// <summary>Sample on which layout and clusters are fitted. Default null: all documents.</summary>
    [JsonPropertyName("sample")]
    public SampleSettings? Sample { get; init; }
}
