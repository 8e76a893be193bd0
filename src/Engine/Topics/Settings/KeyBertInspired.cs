namespace TopicGrpc.Engine.Topics.Settings;

/// <summary>
/// Words nearest to the representative documents of their topic: of the best words by weight, those with the highest cosine to the
/// mean embedding of the representative documents. The cosine becomes the score. The step ignores the words of earlier steps of its
/// chain. Source: BERTopic's <c>KeyBERTInspired</c>. Difference: documents are always taken by topic; BERTopic takes the first
/// documents of the corpus in a fit without topic reduction.
/// </summary>
public sealed record KeyBertInspired : TopicRepresentation
{
    private const int MaxCandidates = 1000;
    private const int MaxDocuments = 500;

    /// <summary>Number of words to choose, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    public int WordCount { get; init; } = 10;

    /// <summary>Number of representative documents per topic, 1 to 500; Python <c>nr_repr_docs</c>. Default 5.</summary>
    public int RepresentativeDocumentCount { get; init; } = 5;

    /// <summary>Number of words to choose from, 1 to 1000; Python <c>nr_candidate_words</c>. Default 100.</summary>
    public int CandidateCount { get; init; } = 100;

    /// <inheritdoc/>
    public override bool NeedsDocuments => true;

    internal override void Validate()
    {
        WordLimits.Check(WordCount, nameof(WordCount));
        if (RepresentativeDocumentCount is < 1 or > MaxDocuments)
        {
            throw new ArgumentException(
                $"{nameof(RepresentativeDocumentCount)} is {RepresentativeDocumentCount}; it must be between 1 and {MaxDocuments}.");
        }

        if (CandidateCount is < 1 or > MaxCandidates)
        {
            throw new ArgumentException($"{nameof(CandidateCount)} is {CandidateCount}; it must be between 1 and {MaxCandidates}.");
        }
    }
}
