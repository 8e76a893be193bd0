namespace TopicGrpc.Client.Topics;

/// <summary>What to draw.</summary>
public enum ChartKind
{
    /// <summary>Words of the largest topics; BERTopic's <c>visualize_barchart</c>.</summary>
    Bars,

    /// <summary>Documents on a plane, colored by topic; BERTopic's <c>visualize_documents</c>.</summary>
    DocumentMap,
}
