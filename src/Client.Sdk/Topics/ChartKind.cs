namespace TopicGrpc.Client.Topics;

/// <summary>Kind of a chart.</summary>
public enum ChartKind
{
    /// <summary>Words of the largest topics; BERTopic's <c>visualize_barchart</c>.</summary>
    Bars,

    /// <summary>Documents on a plane, colored by topic; BERTopic's <c>visualize_documents</c>.</summary>
    DocumentMap,

    /// <summary>Topics as circles on a plane by similarity; BERTopic's <c>visualize_topics</c>.</summary>
    TopicMap,

    /// <summary>Similarity matrix of the topics; BERTopic's <c>visualize_heatmap</c>.</summary>
    Heatmap,

    /// <summary>Dendrogram of the topics; BERTopic's <c>visualize_hierarchy</c>.</summary>
    Hierarchy,

    /// <summary>Decline of the term weights with their rank; BERTopic's <c>visualize_term_rank</c>.</summary>
    TermRank,

    /// <summary>Frequency of topics over time; BERTopic's <c>visualize_topics_over_time</c>. The documents need times.</summary>
    TopicsOverTime,

    /// <summary>
    /// Frequency of topics per class of documents; BERTopic's <c>visualize_topics_per_class</c>. Requires
    /// <see cref="ChartOptions.Attribute"/>.
    /// </summary>
    TopicsPerClass,

    /// <summary>
    /// Topic distribution of one text; BERTopic's <c>visualize_distribution</c>. Requires <see cref="ChartOptions.Text"/>.
    /// </summary>
    Distribution,

    /// <summary>Topics of the version and of its other layers as nested bars, the coarsest layer on the left.</summary>
    Layers,

    /// <summary>
    /// Sizes of the smallest cluster that <c>FitPreset.Auto</c> tried: agreement between layouts and number of topics, as in
    /// <c>FitReport.Resolution</c>. Not available for versions with a given size.
    /// </summary>
    Resolution,
}
