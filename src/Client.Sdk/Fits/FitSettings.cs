namespace TopicGrpc.Client.Fits;

/// <summary>
/// Settings of a fit, with the meaning of the Python parameters named. As in Python, a sub-model that is null is the one BERTopic makes itself,
/// while one that is given takes its own library's defaults for what it leaves out.
/// </summary>
public sealed record FitSettings
{
    /// <summary>Layout; Python <c>umap_model</c>. Null: BERTopic's UMAP, 15 neighbors, 5 coordinates, spacing 0, cosine.</summary>
    public UmapSettings? Umap { get; init; }

    /// <summary>Clusters; Python <c>hdbscan_model</c>. Null: BERTopic's HDBSCAN with <see cref="MinTopicSize"/>.</summary>
    public HdbscanSettings? Hdbscan { get; init; }

    /// <summary>Word counts; Python <c>vectorizer_model</c>. Null: a plain vectorizer with <see cref="NgramRange"/>.</summary>
    public VectorizerSettings? Vectorizer { get; init; }

    /// <summary>Word weights; Python <c>ctfidf_model</c>.</summary>
    public CtfidfSettings? Ctfidf { get; init; }

    /// <summary>Number of topics to reduce to; Python <c>nr_topics</c>. Default: no reduction.</summary>
    public TopicReduction Reduction { get; init; } = TopicReduction.None;

    /// <summary>Words per topic; Python <c>top_n_words</c>. 1 to 100. Default 10.</summary>
    public int? TopWordCount { get; init; }

    /// <summary>Fewest documents in a topic; Python <c>min_topic_size</c>. 2 or more. Default 10. Unused beside <see cref="Hdbscan"/>.</summary>
    public int? MinTopicSize { get; init; }

    /// <summary>Words of a term; Python <c>n_gram_range</c>. Default 1 to 1. Unused beside <see cref="Vectorizer"/>.</summary>
    public NgramRange? NgramRange { get; init; }

    /// <summary>Keep the probabilities of all topics for all documents; Python <c>calculate_probabilities</c>. Default false.</summary>
    public bool? CalculateProbabilities { get; init; }

    /// <summary>Seed of every random choice; Python <c>random_state</c>. Default 42.</summary>
    public long? Seed { get; init; }
}
