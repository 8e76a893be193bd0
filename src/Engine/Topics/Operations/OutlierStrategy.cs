namespace TopicGrpc.Engine.Topics.Operations;

/// <summary>Comparison of outliers with topics; Python <c>strategy</c> of <c>reduce_outliers</c>.</summary>
public enum OutlierStrategy
{
    /// <summary>By the distribution of their word windows over topics; Python <c>distributions</c>.</summary>
    Distributions,

    /// <summary>By their probabilities of all topics; Python <c>probabilities</c>. The model must keep the probabilities.</summary>
    Probabilities,

    /// <summary>By the c-TF-IDF weights of their terms; Python <c>c-tf-idf</c>.</summary>
    ClassTfIdf,

    /// <summary>By their embeddings; Python <c>embeddings</c>. The model must keep the embeddings.</summary>
    Embeddings,
}
