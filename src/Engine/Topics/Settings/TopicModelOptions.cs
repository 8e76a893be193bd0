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

    /// <summary>Word counts; Python <c>vectorizer_model</c>.</summary>
    public WordOptions Words { get; init; } = new();

    /// <summary>Word weights; Python <c>ctfidf_model</c>.</summary>
    public ClassTfIdfOptions Weights { get; init; } = new();

    /// <summary>Words per topic; Python <c>top_n_words</c>. 1 to 100. Default 10.</summary>
    public int TopWordCount { get; init; } = 10;

    /// <summary>How many topics to reduce to; Python <c>nr_topics</c>. Default: no reduction.</summary>
    public TopicReduction Reduction { get; init; } = TopicReduction.None;

    /// <summary>Keep the probabilities of all topics for all documents; Python <c>calculate_probabilities</c>. Default false.</summary>
    public bool CalculateProbabilities { get; init; }

    /// <summary>Representative documents per topic. 0 or more. Default 3, as in BERTopic.</summary>
    public int RepresentativeDocumentCount { get; init; } = 3;

    /// <summary>Topics to look for, each a list of words; Python <c>seed_topic_list</c>. The fit then needs the encoder. Default none.</summary>
    public IReadOnlyList<IReadOnlyList<string>> SeedTopics { get; init; } = [];

    /// <summary>Names of topics that documents are given to first; Python <c>zeroshot_topic_list</c>. The fit then needs the encoder. Default none.</summary>
    public IReadOnlyList<string> ZeroShotTopics { get; init; } = [];

    /// <summary>Least cosine of a document and the name of its zero-shot topic, −1 to 1; Python <c>zeroshot_min_similarity</c>. Default 0.7.</summary>
    public double ZeroShotMinSimilarity { get; init; } = 0.7;

    /// <summary>How the words are chosen; Python <c>representation_model</c>. The fit then needs the encoder. Default: by weight.</summary>
    public TopicRepresentations Representations { get; init; } = TopicRepresentations.None;

    /// <summary>Coherence measures that the report gives beside NPMI, which it always has. Default none.</summary>
    public IReadOnlyList<CoherenceMeasure> CoherenceMeasures { get; init; } = [];

    /// <summary>What the fit chooses itself, whatever stands in these settings. A fitted model has none: its settings hold what was chosen. Default none.</summary>
    public AutomaticChoices Automatic { get; init; }

    internal TopicModelOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TopWordCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(TopWordCount, 100);
        ArgumentOutOfRangeException.ThrowIfNegative(RepresentativeDocumentCount);
        if (ZeroShotMinSimilarity is not (>= -1 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(ZeroShotMinSimilarity), ZeroShotMinSimilarity, "A cosine lies between −1 and 1.");
        }

        if (SeedTopics.Any(words => words.Count == 0 || words.Any(string.IsNullOrWhiteSpace)) || ZeroShotTopics.Any(string.IsNullOrWhiteSpace))
        {
            throw new ArgumentException("A seed topic without words or a zero-shot topic without a name is given.");
        }

        if (ZeroShotTopics.Count > 0 && Reduction != TopicReduction.None)
        {
            throw new ArgumentException("Zero-shot topics and a number of topics (nr_topics) do not go together in one fit: fit first, then reduce.");
        }

        Representations.Validated();
        Words.Validated();
        Weights.Validated();
        return this;
    }
}
