namespace TopicGrpc.Engine.Topics;

/// <summary>Source of the topic of an answer. It determines the meaning of the probability.</summary>
public enum AnswerBasis
{
    /// <summary>No topic: the text is an outlier. The probability is 0.</summary>
    Outlier,

    /// <summary>Cluster at the text's position in the layout. The probability is the membership strength of HDBSCAN in [0, 1].</summary>
    Cluster,

    /// <summary>Nearest centroid. The probability is the cosine in [−1, 1], also of the outlier topic.</summary>
    Centroid,

    /// <summary>
    /// Assignment of a training document with the same text. The probability is the strength that the model stores for the document; 0 if
    /// an operation or the outlier policy moved it there.
    /// </summary>
    Document,

    /// <summary>Outlier policy. The probability is the cosine with the centroid of the topic, in [−1, 1].</summary>
    OutlierPolicy,
}
