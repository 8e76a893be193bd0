using TopicGrpc.Client.Fits;

namespace TopicGrpc.Client.Operations;

/// <summary>Finds the words of the same topics anew; BERTopic's <c>update_topics</c>. What is null stays as it was; one thing must be given.</summary>
public sealed record UpdateTopics : VersionOperation
{
    /// <summary>Word counts; Python <c>vectorizer_model</c>.</summary>
    public VectorizerSettings? Vectorizer { get; init; }

    /// <summary>Word weights; Python <c>ctfidf_model</c>.</summary>
    public CtfidfSettings? Ctfidf { get; init; }

    /// <summary>Words per topic, 1 to 100; Python <c>top_n_words</c>.</summary>
    public int? TopWordCount { get; init; }
}
