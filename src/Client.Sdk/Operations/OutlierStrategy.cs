namespace TopicGrpc.Client.Operations;

/// <summary>Similarity that assigns outliers to topics.</summary>
public enum OutlierStrategy
{
    /// <summary>Approximate topic distribution of their text; Python <c>distributions</c>.</summary>
    Distributions,

    /// <summary>Probabilities of all topics, which the version must contain; Python <c>probabilities</c>.</summary>
    Probabilities,

    /// <summary>Cosine similarity of c-TF-IDF weights; Python <c>c-tf-idf</c>.</summary>
    ClassTfIdf,

    /// <summary>Cosine similarity of embeddings; Python <c>embeddings</c>.</summary>
    Embeddings,
}
