using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>A machine-readable topic.</summary>
/// <param name="Topic">Number; −1 for the outlier topic.</param>
/// <param name="Uid">Identity across versions; null for the outlier topic.</param>
/// <param name="Count">Number of training documents.</param>
/// <param name="Name">Number and first four words.</param>
/// <param name="Label">Custom label; null if there is none.</param>
/// <param name="Words">Words by descending weight.</param>
/// <param name="Aspects">Words of further representations by name of the aspect; null if the version has none.</param>
/// <param name="RepresentativeDocuments">Texts of its representative documents.</param>
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
        topic.Aspects.Count == 0 ? null : AspectsOf(topic.Aspects),
        [.. topic.RepresentativeDocuments.Select(document => document.Text)]);

    private static Dictionary<string, IReadOnlyList<ReportWord>> AspectsOf(IReadOnlyDictionary<string, IReadOnlyList<TopicWord>> aspects) =>
        aspects.ToDictionary(static aspect => aspect.Key, static aspect => WordsOf(aspect.Value), StringComparer.Ordinal);

    private static IReadOnlyList<ReportWord> WordsOf(IReadOnlyList<TopicWord> words) =>
        [.. words.Select(static word => new ReportWord(word.Term, word.Score))];
}
