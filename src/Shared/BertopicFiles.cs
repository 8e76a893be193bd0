namespace TopicGrpc.Shared;

/// <summary>Files of a model that BERTopic saved with <c>serialization="safetensors"</c>. Server and SDK agree on them here.</summary>
public static class BertopicFiles
{
    /// <summary>Files without which there is no model: topics, parameters, mean vectors.</summary>
    public static IReadOnlyList<string> Required { get; } = ["topics.json", "config.json", "topic_embeddings.safetensors"];

    /// <summary>Files of a model saved with its word weights (<c>save_ctfidf=True</c>); they come together.</summary>
    public static IReadOnlyList<string> WordWeights { get; } = ["ctfidf.safetensors", "ctfidf_config.json"];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Required, .. WordWeights];
}
