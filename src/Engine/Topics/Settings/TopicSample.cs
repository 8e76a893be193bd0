namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>
/// Sample of the documents on which the layout and the clusters are fitted. All other documents get their topic as new texts do, and the
/// words of the topics are counted over all documents. A corpus with at most <see cref="Size"/> documents is fitted as a whole.
/// </summary>
public sealed record TopicSample
{
    /// <summary>Smallest <see cref="Size"/>: a smaller sample has too few documents for the neighbors of a layout.</summary>
    public const int LeastSize = 100;

    /// <summary>Largest <see cref="TimeStrata"/>.</summary>
    public const int MostTimeStrata = 1000;

    /// <summary>Number of documents in the sample, 100 or more. Default 100,000.</summary>
    public int Size { get; init; } = 100_000;

    /// <summary>
    /// Attribute by which the sample is stratified: each value has the same share in the sample as in the corpus. Documents without it
    /// form a stratum of their own. Default null: none.
    /// </summary>
    public string? Attribute { get; init; }

    /// <summary>
    /// Number of spans of time with the same number of documents, 0 to 1,000: each has the same share in the sample as in the corpus.
    /// Documents without a time form a stratum of their own. Default 0: none.
    /// </summary>
    public int TimeStrata { get; init; }

    internal TopicSample Validated()
    {
        if (Size < LeastSize)
        {
            throw new ArgumentOutOfRangeException(
                nameof(Size), Size, $"sample.size is {Size}; a sample has at least {LeastSize} documents.");
        }

        return TimeStrata is >= 0 and <= MostTimeStrata
            ? this
            : throw new ArgumentOutOfRangeException(
                nameof(TimeStrata), TimeStrata, $"sample.time_strata is {TimeStrata}; it must be between 0 and {MostTimeStrata}.");
    }
}
