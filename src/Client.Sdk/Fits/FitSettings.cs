namespace TopicGrpc.Client.Fits;

/// <summary>Settings of a fit, with the meaning of the Python parameters named. What is null takes the server's default; the report has the values used.</summary>
public sealed record FitSettings
{
    /// <summary>Layout; Python <c>umap_model</c>.</summary>
    public UmapSettings Umap { get; init; } = new();

    /// <summary>Clusters; Python <c>hdbscan_model</c>.</summary>
    public HdbscanSettings Hdbscan { get; init; } = new();

    /// <summary>Word counts; Python <c>vectorizer_model</c>.</summary>
    public VectorizerSettings Vectorizer { get; init; } = new();

    /// <summary>Word weights; Python <c>ctfidf_model</c>.</summary>
    public CtfidfSettings Ctfidf { get; init; } = new();

    /// <summary>Number of topics to reduce to; Python <c>nr_topics</c>. Default: no reduction.</summary>
    public TopicReduction Reduction { get; init; } = TopicReduction.None;

    /// <summary>Words per topic; Python <c>top_n_words</c>. 1 to 100. Server's default 10.</summary>
    public int? TopWordCount { get; init; }

    /// <summary>Smallest topic, where <see cref="HdbscanSettings.MinClusterSize"/> does not say it; Python <c>min_topic_size</c>. 2 or more. Server's default 10.</summary>
    public int? MinTopicSize { get; init; }

    /// <summary>Terms of the model's own vectorizer, first of Python <c>n_gram_range</c>; without effect where a vectorizer is given, as in BERTopic.</summary>
    public int? MinNgram { get; init; }

    /// <summary>Second of Python <c>n_gram_range</c>; see <see cref="MinNgram"/>.</summary>
    public int? MaxNgram { get; init; }

    /// <summary>Keep the probabilities of all topics for all documents; Python <c>calculate_probabilities</c>. Server's default false.</summary>
    public bool? CalculateProbabilities { get; init; }

    /// <summary>Representative documents per topic. 0 or more. Server's default 3.</summary>
    public int? RepresentativeDocumentCount { get; init; }

    /// <summary>Seed of every random choice; Python <c>random_state</c>. Server's default 42.</summary>
    public long? Seed { get; init; }
}
