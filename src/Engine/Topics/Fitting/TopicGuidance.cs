using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>What is known of the documents before a fit, beside the settings.</summary>
public sealed record TopicGuidance
{
    /// <summary>Nothing.</summary>
    public static TopicGuidance None { get; } = new();

    /// <summary>
    /// Class by document id: documents of one class are drawn together in the layout (semi-supervised). Documents left out have none.
    /// Python <c>y</c> of <c>fit</c>. Null: no classes.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Targets { get; init; }

    /// <summary>
    /// Topic by document id: these are the topics, nothing is laid out or clustered, and the name becomes the topic's label.
    /// Documents left out are outliers. Python: <c>y</c> with an empty reducer and an empty clusterer. Null: topics are found.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ManualTopics { get; init; }

    /// <summary>Encoder of the vectors; needed for seed topics, zero-shot topics and representations, whose words it embeds.</summary>
    public IEmbedder? Embedder { get; init; }
}
