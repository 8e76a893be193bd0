using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Words;

/// <summary>Settings of the term weights; BERTopic's <c>ClassTfidfTransformer</c>.</summary>
public sealed record ClassTfIdfOptions
{
    /// <summary>True for the BM25 form of the inverse frequency; Python <c>bm25_weighting</c>. Default false.</summary>
    public bool Bm25Weighting { get; init; }

    /// <summary>True for the square root of the term frequency; Python <c>reduce_frequent_words</c>. Default false.</summary>
    public bool ReduceFrequentWords { get; init; }

    /// <summary>Terms whose weight is multiplied by <see cref="SeedMultiplier"/>; Python <c>seed_words</c>. Default none.</summary>
    public IReadOnlyCollection<string> SeedWords { get; init; } = [];

    /// <summary>Multiplier of <see cref="SeedWords"/>; Python <c>seed_multiplier</c>. Above 0, up to 1,000,000. Default 2.</summary>
    public double SeedMultiplier { get; init; } = 2.0;

    /// <summary>
    /// Terms of seed topics, multiplied by 1.2 instead of <see cref="SeedMultiplier"/>. Set by a guided fit. Default none.
    /// </summary>
    public IReadOnlyCollection<string> GuidedWords { get; init; } = [];

    internal ClassTfIdfOptions Validated()
    {
        OptionRange.RequirePositive(SeedMultiplier, 1_000_000);
        return this;
    }
}
