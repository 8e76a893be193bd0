using System.Text.Json.Serialization;

namespace TopicGrpc.Client.Settings;

/// <summary>Settings of c-TF-IDF; Python <c>ClassTfidfTransformer(…)</c>. Null means the default.</summary>
public sealed record CtfidfSettings
{
    /// <summary>Whether to use the BM25 form of the inverse frequency; Python <c>bm25_weighting</c>. Default false.</summary>
    [JsonPropertyName("bm25_weighting")]
    public bool? Bm25Weighting { get; init; }

    /// <summary>Whether to take the square root of the term frequency; Python <c>reduce_frequent_words</c>. Default false.</summary>
    [JsonPropertyName("reduce_frequent_words")]
    public bool? ReduceFrequentWords { get; init; }

    /// <summary>Words with increased weights; Python <c>seed_words</c>.</summary>
    [JsonPropertyName("seed_words")]
    public IReadOnlyList<string> SeedWords { get; init; } = [];

    /// <summary>Factor for <see cref="SeedWords"/>; Python <c>seed_multiplier</c>. Above 0. Default 2.</summary>
    [JsonPropertyName("seed_multiplier")]
    public double? SeedMultiplier { get; init; }
}
