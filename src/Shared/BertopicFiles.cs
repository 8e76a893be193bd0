namespace TopicGrpc.Shared;

/// <summary>Files of a model that BERTopic saved with <c>serialization="safetensors"</c>. Shared by server and SDK.</summary>
public static class BertopicFiles
{
    private const string Config = "config.json";

    /// <summary>Required files: topics, parameters, mean vectors.</summary>
    public static IReadOnlyList<string> Required { get; } = ["topics.json", Config, "topic_embeddings.safetensors"];

    /// <summary>Files of a model saved with its term weights (<c>save_ctfidf=True</c>): both or neither.</summary>
    public static IReadOnlyList<string> WordWeights { get; } = ["ctfidf.safetensors", "ctfidf_config.json"];

    /// <summary>Required and optional files.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Required, .. WordWeights];

    /// <summary>
    /// Returns the limit of a file in bytes: 1 MiB for the parameters, of which an import keeps 64 KiB; 64 MiB for topics and vocabulary;
    /// 1 GiB for tensors.
    /// </summary>
    /// <param name="name">One of <see cref="All"/>.</param>
    /// <returns>Bytes.</returns>
    public static long MaxBytesOf(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name == Config)
        {
            return 1L << 20;
        }

        return name.EndsWith(".json", StringComparison.Ordinal) ? 64L << 20 : 1L << 30;
    }
}
