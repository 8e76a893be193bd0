using TopicGrpc.Client.Operations;

namespace TopicGrpc.Cli.Names;

/// <summary>BERTopic's names of the outlier strategies, on the command line and in operation files.</summary>
internal static class OutlierStrategyNames
{
    public const string Default = "distributions";

    private static readonly Dictionary<string, OutlierStrategy> Strategies = new(StringComparer.Ordinal)
    {
        [Default] = OutlierStrategy.Distributions,
        ["probabilities"] = OutlierStrategy.Probabilities,
        ["c-tf-idf"] = OutlierStrategy.ClassTfIdf,
        ["embeddings"] = OutlierStrategy.Embeddings,
    };

    /// <summary>All names, the default first.</summary>
    public static string[] All { get; } = [.. Strategies.Keys];

    /// <param name="name">One of <see cref="All"/>.</param>
    public static OutlierStrategy StrategyOf(string name) => Strategies[name];
}
