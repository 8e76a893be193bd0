namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>How outliers are compared with topics; Python <c>strategy</c> of <c>reduce_outliers</c>.</summary>
public enum OutlierStrategy
{
    /// <summary>By the topics that stretches of their words resemble; Python <c>distributions</c>.</summary>
    Distributions,

    /// <summary>By their probabilities of all topics; Python <c>probabilities</c>. The model must hold them.</summary>
    Probabilities,

    /// <summary>By their words; Python <c>c-tf-idf</c>.</summary>
    ClassTfIdf,

    /// <summary>By their vectors; Python <c>embeddings</c>. The model must hold them.</summary>
    Embeddings,
}
