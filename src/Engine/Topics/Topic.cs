namespace TopicGrpc.Engine.Topics;

/// <summary>One topic of a model.</summary>
/// <param name="Id">−1 for outliers, else 0 for the largest, 1 for the next.</param>
/// <param name="Count">Training documents.</param>
/// <param name="Name"><c>id_word_word_word_word</c>.</param>
/// <param name="Words">Its words, best first.</param>
/// <param name="RepresentativeDocuments">Its representative training documents, most typical first.</param>
/// <param name="CustomLabel">Name given by a person; null where there is none.</param>
public sealed record Topic(
    int Id,
    int Count,
    string Name,
    IReadOnlyList<TopicWord> Words,
    IReadOnlyList<RepresentativeDocument> RepresentativeDocuments,
    string? CustomLabel = null)
{
    /// <summary>
    /// Name for programs: <c>t</c> and 12 characters of <c>a–z2–7</c>. Unlike <see cref="Id"/> it lives through operations and,
    /// where <see cref="Lineage.TopicLineage"/> finds the topic again, through refits. Empty for outliers; a
    /// <see cref="TopicModel"/> gives one to every topic that comes without.
    /// </summary>
    public string Uid { get; init; } = "";
}
