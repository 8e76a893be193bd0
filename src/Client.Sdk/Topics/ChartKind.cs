namespace TopicGrpc.Client.Topics;

/// <summary>What to draw.</summary>
public enum ChartKind
{
    /// <summary>Words of the largest topics; BERTopic's <c>visualize_barchart</c>.</summary>
    Bars,

    /// <summary>Documents on a plane, colored by topic; BERTopic's <c>visualize_documents</c>.</summary>
    DocumentMap,

    /// <summary>Topics as circles on a plane, like ones close to each other; BERTopic's <c>visualize_topics</c>.</summary>
    TopicMap,

    /// <summary>How alike topics are, as a matrix; BERTopic's <c>visualize_heatmap</c>.</summary>
    Heatmap,

    /// <summary>Which topics would merge first, as a dendrogram; BERTopic's <c>visualize_hierarchy</c>.</summary>
    Hierarchy,

    /// <summary>How fast words' scores fall with their rank; BERTopic's <c>visualize_term_rank</c>.</summary>
    TermRank,

    /// <summary>How often topics occur over time, as lines; BERTopic's <c>visualize_topics_over_time</c>. The documents need times.</summary>
    TopicsOverTime,

    /// <summary>How often topics occur in classes of documents, as bars; BERTopic's <c>visualize_topics_per_class</c>. Needs <see cref="ChartOptions.Attribute"/>.</summary>
    TopicsPerClass,

    /// <summary>The topics of one text, as bars; BERTopic's <c>visualize_distribution</c>. Needs <see cref="ChartOptions.Text"/>.</summary>
    Distribution,
}
