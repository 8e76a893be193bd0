namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>
/// Words nearest to the documents that stand for their topic: of the best words by weight, those with the highest cosine to the
/// mean vector of the representative documents. The cosine becomes the score. Starts from the weights, whatever came before
/// it in a chain. Source: BERTopic's <c>KeyBERTInspired</c>, whose documents are taken by topic here in every case (there, a
/// fit without reduction takes the first documents of the corpus).
/// </summary>
public sealed record KeyBertInspired : TopicRepresentation
{
    private const int MostCandidates = 1000;

    /// <summary>Words to choose, 1 to 100; Python <c>top_n_words</c>. Default 10.</summary>
    public int WordCount { get; init; } = 10;

    /// <summary>Documents that stand for a topic, 1 to 500; Python <c>nr_repr_docs</c>. Default 5.</summary>
    public int RepresentativeDocumentCount { get; init; } = 5;

    /// <summary>Words to choose from, 1 to 1000; Python <c>nr_candidate_words</c>. Default 100.</summary>
    public int CandidateCount { get; init; } = 100;

    /// <inheritdoc/>
    public override bool NeedsDocuments => true;

    internal override TopicWord[][] Choose(TopicWord[][] words, RepresentationInput input)
    {
        double[][] means = input.RepresentativeMeans(RepresentativeDocumentCount);
        TopicWord[][] candidates = input.BestWords(CandidateCount);
        input.Vectors.Add(candidates.SelectMany(topic => topic).Select(word => word.Term));
        return [.. candidates.Select((topic, row) => topic
            .Select(word => new TopicWord(word.Term, input.Vectors.Cosine(word.Term, means[row])))
            .OrderByDescending(word => word.Score)
            .Take(WordCount)
            .ToArray())];
    }

    internal override void Validate()
    {
        WordLimits.Check(WordCount, nameof(WordCount));
        if (RepresentativeDocumentCount is < 1 or > 500)
        {
            throw new ArgumentException($"{nameof(RepresentativeDocumentCount)} {RepresentativeDocumentCount} does not lie between 1 and 500.");
        }

        if (CandidateCount is < 1 or > MostCandidates)
        {
            throw new ArgumentException($"{nameof(CandidateCount)} {CandidateCount} does not lie between 1 and {MostCandidates}.");
        }
    }
}
