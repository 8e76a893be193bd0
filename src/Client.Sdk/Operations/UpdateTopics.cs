using TopicGrpc.Client.Settings;

namespace TopicGrpc.Client.Operations;

/// <summary>
/// Recomputes the words of the topics or reassigns documents; BERTopic's <c>update_topics</c>. A null property does not change; at least
/// one must be set.
/// </summary>
public sealed record UpdateTopics : VersionOperation
{
    /// <summary>Vectorizer; Python <c>vectorizer_model</c>.</summary>
    public VectorizerSettings? Vectorizer { get; init; }

    /// <summary>Term weights (c-TF-IDF); Python <c>ctfidf_model</c>.</summary>
    public CtfidfSettings? Ctfidf { get; init; }

    /// <summary>Words per topic, 1 to 100; Python <c>top_n_words</c>.</summary>
    public int? TopWordCount { get; init; }

    /// <summary>
    /// How the words are chosen, the main ones and all aspects; Python <c>representation_model</c>. A new
    /// <see cref="RepresentationSettings"/> means by weight and no aspects.
    /// </summary>
    public RepresentationSettings? Representation { get; init; }

    /// <summary>
    /// New topic by document id, at most 10,000 documents; the others stay where they are. −1: outlier; a number from the number of topics
    /// on:
    /// a new topic. If topics are added or removed, all are renumbered by size. Python <c>topics</c>.
    /// </summary>
    public IReadOnlyDictionary<string, int>? Topics { get; init; }

    /// <summary>
    /// Attribute of the documents whose values are the topics, in place of all of before; not beside <see cref="Topics"/>. Python
    /// <c>topics</c>.
    /// </summary>
    public string? TopicAttribute { get; init; }
}
