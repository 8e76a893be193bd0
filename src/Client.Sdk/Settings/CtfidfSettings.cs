namespace TopicGrpc.Client.Settings;

/// <summary>Settings of the word weights; Python <c>ClassTfidfTransformer(…)</c>. What is null takes its default.</summary>
public sealed record CtfidfSettings
{
    /// <summary>BM25 form of the inverse frequency; Python <c>bm25_weighting</c>. Default false.</summary>
    public bool? Bm25Weighting { get; init; }

    /// <summary>Square root of the term frequency; Python <c>reduce_frequent_words</c>. Default false.</summary>
    public bool? ReduceFrequentWords { get; init; }

    /// <summary>Words to raise; Python <c>seed_words</c>.</summary>
    public IReadOnlyList<string> SeedWords { get; init; } = [];

    /// <summary>Factor for <see cref="SeedWords"/>; Python <c>seed_multiplier</c>. Above 0. Default 2.</summary>
    public double? SeedMultiplier { get; init; }
}
