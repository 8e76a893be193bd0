namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>
/// Words that fit their topic but differ from each other: one after another, the word with the highest
/// (1 − diversity) · cos(word, all words) − diversity · max cos(word, chosen word). Order and scores of the words stay unchanged.
/// Source: Carbonell and Goldstein 1998, as BERTopic's <c>MaximalMarginalRelevance</c> applies it. If there are fewer words
/// than <see cref="WordCount"/>, all are kept; BERTopic fails in that case and counts its padding as words.
/// </summary>
public sealed record MaximalMarginalRelevance : TopicRepresentation
{
    /// <summary>
    /// Weight of the difference between words, 0 to 1. 0: only relevance counts, 1: only difference. Python <c>diversity</c>. Default 0.1.
    /// </summary>
    public double Diversity { get; init; } = 0.1;

    /// <summary>Number of words to choose, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    public int WordCount { get; init; } = 10;

    /// <inheritdoc/>
    public override bool NeedsDocuments => false;

    internal override void Validate()
    {
        WordLimits.Check(WordCount, nameof(WordCount));
        if (Diversity is not (>= 0 and <= 1))
        {
            throw new ArgumentException($"{nameof(Diversity)} is {Diversity}; it must be between 0 and 1.");
        }
    }
}
