using TopicGrpc.Engine.Clusters;
using TopicGrpc.Engine.Layout;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>All settings of a fit; BERTopic's constructor and its sub-models.</summary>
public sealed record TopicModelOptions
{
    /// <summary>Layout stage; Python <c>umap_model</c>.</summary>
    public UmapOptions Layout { get; init; } = new();

    /// <summary>Cluster stage; Python <c>hdbscan_model</c>.</summary>
    public HdbscanOptions Clusters { get; init; } = new();

    /// <summary>Term counts; Python <c>vectorizer_model</c>.</summary>
    public WordOptions Words { get; init; } = new();

    /// <summary>Term weights; Python <c>ctfidf_model</c>.</summary>
    public ClassTfIdfOptions Weights { get; init; } = new();

    /// <summary>Number of words per topic, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    public int TopWordCount { get; init; } = 10;

    /// <summary>Form of the generated names. Default: BERTopic's.</summary>
    public TopicNaming Naming { get; init; }

    /// <summary>Topic reduction; Python <c>nr_topics</c>. Default: none.</summary>
    public TopicReduction Reduction { get; init; } = TopicReduction.None;

    /// <summary>
    /// Whether the model keeps the probabilities of all topics for all documents; Python <c>calculate_probabilities</c>. Default false.
    /// </summary>
    public bool CalculateProbabilities { get; init; }

    /// <summary>Number of representative documents per topic, 0 or more. Default 3, as in BERTopic.</summary>
    public int RepresentativeDocumentCount { get; init; } = 3;

    /// <summary>Seed topics, each a list of words; Python <c>seed_topic_list</c>. They require the encoder. Default none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> SeedTopics { get; init; } = [];

    /// <summary>
    /// Names of topics to which documents are matched before the others are clustered; Python <c>zeroshot_topic_list</c>. They require the
    /// encoder. Default none.
    /// </summary>
    public IReadOnlyList<string> ZeroShotTopics { get; init; } = [];

    /// <summary>
    /// Minimum cosine between a document and the name of its zero-shot topic, −1 to 1; Python <c>zeroshot_min_similarity</c>. Default 0.7.
    /// </summary>
    public double ZeroShotMinSimilarity { get; init; } = 0.7;

    /// <summary>
    /// Representations that choose the words; Python <c>representation_model</c>. They require the encoder. Default: words by weight.
    /// </summary>
    public TopicRepresentations Representations { get; init; } = TopicRepresentations.None;

    /// <summary>Coherence measures in the report in addition to NPMI, which is always computed. Default none.</summary>
    public IReadOnlyList<CoherenceMeasure> CoherenceMeasures { get; init; } = [];

    /// <summary>
    /// Treatment of texts that belong to no topic, in the fit, in operations and in predictions. Default: they stay outliers.
    /// </summary>
    public OutlierPolicy OutlierPolicy { get; init; }

    /// <summary>
    /// Minimum cosine between an outlier and the centroid of the topic that <see cref="OutlierPolicy.Nearest"/> assigns, −1 to 1. Default
    /// 0.3.
    /// </summary>
    public double OutlierMinSimilarity { get; init; } = 0.3;

    /// <summary>
    /// A text is novel if its novelty, the share of training documents at least as far from their neighbors, is below this share; 0 to 1.
    /// It is also the expected share of familiar texts reported as novel. 0: no text is novel. Default 0.05.
    /// </summary>
    public double NoveltyThreshold { get; init; } = 0.05;

    /// <summary>
    /// Settings that the fit overrides automatically. None in a fitted model, whose settings hold the chosen values. Default none.
    /// </summary>
    public AutomaticChoices Automatic { get; init; }

    /// <summary>
    /// Whether documents with the same text are one weighted document in clusters, so that they get one topic, and, if copies are many, in
    /// neighbors and layout. Without effect with classes, seed topics or a matched zero-shot topic. Default false, as in BERTopic; true
    /// in automatic settings.
    /// </summary>
    public bool MergeDuplicates { get; init; }

    /// <summary>
    /// Preferred number of topics of an automatic fit. Auto in a fitted model, whose settings hold the chosen sizes. Default auto. Other
    /// values require <see cref="AutomaticChoices.MinClusterSize"/> in <see cref="Automatic"/>.
    /// </summary>
    public Granularity Granularity { get; init; }

    /// <summary>
    /// Sample on which layout and clusters are fitted; without effect on a smaller corpus and with given topics. Default null: all
    /// documents.
    /// </summary>
    public TopicSample? Sample { get; init; }

    internal TopicModelOptions Validated()
    {
        if (!Enum.IsDefined(Granularity))
        {
            throw new ArgumentOutOfRangeException(nameof(Granularity), Granularity, "The granularity is not one of auto, coarse and fine.");
        }

        if (Granularity != Granularity.Auto && !Automatic.HasFlag(AutomaticChoices.MinClusterSize))
        {
            throw new ArgumentException(
                $"granularity is {Granularity}, but min_cluster_size is given. Leave out min_cluster_size, or set granularity to auto.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(TopWordCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TopWordCount, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(RepresentativeDocumentCount);
        if (ZeroShotMinSimilarity is not (>= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(ZeroShotMinSimilarity), ZeroShotMinSimilarity, "A cosine must be between −1 and 1.");
        }

        if (OutlierMinSimilarity is not (>= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(OutlierMinSimilarity), OutlierMinSimilarity, "A cosine must be between −1 and 1.");
        }

        if (NoveltyThreshold is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(NoveltyThreshold), NoveltyThreshold, "A share must be between 0 and 1.");
        }

        if (SeedTopics.Any(words => words.Count == 0 || words.Any(string.IsNullOrWhiteSpace))
            || ZeroShotTopics.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A seed topic has no words, or a zero-shot topic has no name.");
        }

        if (ZeroShotTopics.Count > 0 && Reduction != TopicReduction.None)
        {
            throw new ArgumentException("A fit cannot combine zero-shot topics with topic reduction (nr_topics). Fit first, then reduce "
                + "the topics.");
        }

        Sample?.Validated();
        Representations.Validated();
        Words.Validated();
        Weights.Validated();
        return this;
    }
}
