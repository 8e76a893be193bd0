using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>A topic of a report.</summary>
/// <param name="Topic">Number; −1 for the outliers.</param>
/// <param name="Uid">Id that lives through refits; null for the outliers.</param>
/// <param name="Count">Training documents in it.</param>
/// <param name="Name">Number and first four words.</param>
/// <param name="Label">Name given by a person; null where there is none.</param>
/// <param name="Words">Words, best first.</param>
/// <param name="Aspects">Other words for it, by name of the aspect; null where the version has none.</param>
/// <param name="RepresentativeDocuments">Texts of the documents that stand for it.</param>
internal sealed record ReportTopic(
    int Topic,
    string? Uid,
    long Count,
    string Name,
    string? Label,
    IReadOnlyList<ReportWord> Words,
    IReadOnlyDictionary<string, IReadOnlyList<ReportWord>>? Aspects,
    IReadOnlyList<string> RepresentativeDocuments)
{
    public static ReportTopic Of(TopicInfo topic) => new(
        topic.Id,
        topic.Uid.Length == 0 ? null : topic.Uid,
        topic.Count,
        topic.Name,
        topic.Label.Length == 0 ? null : topic.Label,
        WordsOf(topic.Words),
        topic.Aspects.Count == 0 ? null : topic.Aspects.ToDictionary(aspect => aspect.Key, aspect => WordsOf(aspect.Value), StringComparer.Ordinal),
        [.. topic.RepresentativeDocuments.Select(document => document.Text)]);

    private static IReadOnlyList<ReportWord> WordsOf(IReadOnlyList<TopicWord> words) => [.. words.Select(word => new ReportWord(word.Term, word.Score))];
}
