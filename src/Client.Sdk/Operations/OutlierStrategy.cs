namespace TopicGrpc.Client.Operations;

/// <summary>How outliers are compared with topics.</summary>
public enum OutlierStrategy
{
    /// <summary>By the topics that stretches of their words resemble; Python <c>distributions</c>.</summary>
    Distributions,

    /// <summary>By their probabilities of all topics, which the version must hold; Python <c>probabilities</c>.</summary>
    Probabilities,

    /// <summary>By their words; Python <c>c-tf-idf</c>.</summary>
    ClassTfIdf,

    /// <summary>By their vectors; Python <c>embeddings</c>.</summary>
    Embeddings,
}
