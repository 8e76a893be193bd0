using System.Globalization;
using TopicGrpc.Engine.Topics;

namespace TopicGrpc.Engine.Charts;

/// <summary>A topic that may get a label.</summary>
/// <param name="TopicId">Number of the topic in its layer.</param>
/// <param name="Count">Number of documents.</param>
/// <param name="Text">Text of the label.</param>
internal readonly record struct MapLabelCandidate(int TopicId, int Count, string Text)
{
    private const int WordCount = 3;
    private const int MaxLength = 40;

    public static MapLabelCandidate Of(Topic topic) =>
        new(topic.Id, topic.Count, Cut(topic.CustomLabel ?? NameOf(topic.Id, topic.Name, topic.Words)));

    public static MapLabelCandidate Of(LayerTopic topic) => new(topic.Id, topic.Count, Cut(NameOf(topic.Id, topic.Name, topic.Words)));

    // Names in BERTopic's form, such as 0_card_payment_transfer_account, are hard to read on a map.
    private static string NameOf(int id, string name, IReadOnlyList<TopicWord> words) =>
        name.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{id}_"), StringComparison.Ordinal)
            ? string.Join(
                ", ", words.Select(static word => word.Term).Where(static term => term.Length > 0).Take(WordCount).DefaultIfEmpty(name))
            : name;

    private static string Cut(string text) => SvgText.Cut(text, MaxLength, "…");
}
