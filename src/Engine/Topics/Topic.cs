namespace TopicGrpc.Engine.Topics;

/// <summary>One topic of a model.</summary>
/// <param name="Id">−1 for the outlier topic; other topics are numbered from 0 by descending size.</param>
/// <param name="Count">Number of training documents.</param>
/// <param name="Name">Generated name, in the form of <see cref="Settings.TopicModelOptions.Naming"/>.</param>
/// <param name="Words">Words of the topic, best first.</param>
/// <param name="RepresentativeDocuments">Representative training documents, most similar to the topic first.</param>
/// <param name="CustomLabel">Name given by a user; null if there is none.</param>
public sealed record Topic(
    int Id,
    int Count,
    string Name,
    IReadOnlyList<TopicWord> Words,
    IReadOnlyList<RepresentativeDocument> RepresentativeDocuments,
    string? CustomLabel = null)
{
    /// <summary>
    /// Identity of the topic across versions: <c>t</c> and 12 characters of <c>a–z2–7</c>. Unlike <see cref="Id"/>, the uid is kept by
    /// operations and, if <see cref="Lineage.TopicLineage"/> finds the same topic again, by refits. Empty for the outlier topic.
    /// </summary>
    public string Uid { get; init; } = "";
}
