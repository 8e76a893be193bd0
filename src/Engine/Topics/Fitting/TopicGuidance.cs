using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Knowledge of the documents before a fit, in addition to the settings.</summary>
public sealed record TopicGuidance
{
    /// <summary>No knowledge.</summary>
    public static TopicGuidance None { get; } = new();

    /// <summary>
    /// Class by document id. Documents of one class move together in the layout (semi-supervised). Other documents have no class.
    /// Python <c>y</c> of <c>fit</c>. Null for no classes.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Targets { get; init; }

    /// <summary>
    /// Topic name by document id. These are the topics: the fit runs no layout and no clustering, and the name becomes the custom label.
    /// Other documents are outliers. Python: <c>y</c> with an empty reducer and an empty clusterer. Null: the fit finds the topics.
    /// </summary>
    public IReadOnlyDictionary<string, string>? ManualTopics { get; init; }

    /// <summary>Encoder of the embeddings; required for seed topics, zero-shot topics and representations, whose words it embeds.</summary>
    public IEmbedder? Embedder { get; init; }
}
