namespace TopicGrpc.Client.Predictions;

/// <summary>Source of the topic of a prediction. It determines the meaning of <see cref="Prediction.Probability"/>.</summary>
public enum PredictionBasis
{
    /// <summary>The server is of an earlier release and does not say.</summary>
    Unspecified,

    /// <summary>No topic: the text is in no cluster. The probability is 0.</summary>
    Outlier,

    /// <summary>Cluster at the position of the text in the layout. The probability is HDBSCAN's membership strength, 0 to 1.</summary>
    Cluster,

    /// <summary>
    /// Nearest mean vector of a topic. The probability is the cosine similarity, −1 to 1; for topic −1, with the outliers.
    /// </summary>
    Centroid,

    /// <summary>
    /// The text is a document of the version. The probability is the strength stored for the document; 0 for an outlier and for a document
    /// that an operation or the outlier policy assigned.
    /// </summary>
    Document,

    /// <summary>Outlier policy of the version. The probability is the cosine similarity with the topic's mean vector, −1 to 1.</summary>
    OutlierPolicy,
}
