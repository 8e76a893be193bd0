namespace TopicGrpc.Engine.Words;

/// <summary>Settings of the word weights; BERTopic's <c>ClassTfidfTransformer</c>.</summary>
public sealed record ClassTfIdfOptions
{
    /// <summary>Use the BM25 form of the inverse frequency; Python <c>bm25_weighting</c>. Default false.</summary>
    public bool Bm25Weighting { get; init; }

    /// <summary>Use the square root of the term frequency; Python <c>reduce_frequent_words</c>. Default false.</summary>
    public bool ReduceFrequentWords { get; init; }

    /// <summary>Words to raise; Python <c>seed_words</c>. Default none.</summary>
    public IReadOnlyCollection<string> SeedWords { get; init; } = [];

    /// <summary>Factor for <see cref="SeedWords"/>; Python <c>seed_multiplier</c>. Above 0. Default 2.</summary>
    public double SeedMultiplier { get; init; } = 2.0;

    /// <summary>Words of seed topics, raised by 1.2, also where they are among <see cref="SeedWords"/>. Filled by a guided fit.</summary>
    public IReadOnlyCollection<string> GuidedWords { get; init; } = [];

    internal ClassTfIdfOptions Validated()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(SeedMultiplier);
        return this;
    }
}
