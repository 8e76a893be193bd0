namespace TopicGrpc.Shared;

/// <summary>Files of a model that BERTopic saved with <c>serialization="safetensors"</c>. Shared by server and SDK.</summary>
public static class BertopicFiles
{
    /// <summary>Required files: topics, parameters, mean vectors.</summary>
    public static IReadOnlyList<string> Required { get; } = ["topics.json", "config.json", "topic_embeddings.safetensors"];

    /// <summary>Files of a model saved with its term weights (<c>save_ctfidf=True</c>): both or neither.</summary>
    public static IReadOnlyList<string> WordWeights { get; } = ["ctfidf.safetensors", "ctfidf_config.json"];

    /// <summary>Required and optional files.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Required, .. WordWeights];
}
