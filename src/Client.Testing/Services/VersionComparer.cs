using TopicGrpc.Client.Topics;
using Change = TopicGrpc.V1.CompareModelVersionsResponse.Types.Change;
using Match = TopicGrpc.V1.CompareModelVersionsResponse.Types.TopicMatch;
using Wire = TopicGrpc.V1.CompareModelVersionsResponse;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>
/// Says what became of the topics from one version to another by their ids: a topic is kept where the other version has its uid or, where one of the two has
/// none, its number. Shared documents are those of the same id.
/// </summary>
internal static class VersionComparer
{
    public static Wire Compare(FakeVersion before, FakeVersion after)
    {
        (DocumentTopic Before, DocumentTopic After)[] shared =
            [.. before.Documents.Join(after.Documents, static one => one.DocumentId, static other => other.DocumentId, static (one, other) => (one, other))];
        List<TopicInfo> left = [.. after.Topics.Where(static topic => topic.Id >= 0)];
        Dictionary<int, int> kept = [];
        Wire comparison = new() { BaseModelVersion = before.ResourceName, ModelVersion = after.ResourceName, SharedDocumentCount = shared.Length };
        foreach (TopicInfo topic in before.Topics.Where(static topic => topic.Id >= 0))
        {
            if (left.Find(other => IsSame(topic, other)) is { } heir)
            {
                left.Remove(heir);
                kept.Add(topic.Id, heir.Id);
                comparison.Matches.Add(Pair(topic, heir, shared));
            }
            else
            {
                comparison.Matches.Add(new Match { Change = Change.Removed, BaseTopic = Side(topic) });
            }
        }

        comparison.Matches.AddRange(left.Select(static topic => new Match { Change = Change.Added, Topic = Side(topic) }));
        Count(comparison, shared, kept);
        return comparison;
    }

    private static bool IsSame(TopicInfo topic, TopicInfo other) =>
        topic.Uid.Length > 0 && other.Uid.Length > 0 ? topic.Uid == other.Uid : topic.Id == other.Id;

    private static Match Pair(TopicInfo topic, TopicInfo heir, (DocumentTopic Before, DocumentTopic After)[] shared)
    {
        int both = shared.Count(pair => pair.Before.TopicId == topic.Id && pair.After.TopicId == heir.Id);
        int either = shared.Count(pair => pair.Before.TopicId == topic.Id || pair.After.TopicId == heir.Id);
        return new Match
        {
            Change = Change.Kept,
            BaseTopic = Side(topic),
            Topic = Side(heir),
            TermSimilarity = WordVector.Of(topic).Cosine(WordVector.Of(heir)),
            DocumentOverlap = either == 0 ? 0 : (double)both / either,
            SharedDocumentCount = both,
        };
    }

    private static void Count(Wire comparison, (DocumentTopic Before, DocumentTopic After)[] shared, Dictionary<int, int> kept)
    {
        if (shared.Length == 0)
        {
            return;
        }

        comparison.AdjustedRandIndex = AdjustedRand([.. shared.Select(static pair => (pair.Before.TopicId, pair.After.TopicId))]);
        int inTopics = shared.Count(static pair => pair.Before.TopicId >= 0);
        if (inTopics > 0)
        {
            int stayed = shared.Count(pair => kept.TryGetValue(pair.Before.TopicId, out int heir) && heir == pair.After.TopicId);
            comparison.UidStability = (double)stayed / inTopics;
        }
    }

    // Hubert and Arabie 1985, "Comparing partitions".
    private static double AdjustedRand((int Before, int After)[] topics)
    {
        double both = topics.CountBy(static pair => pair).Sum(static group => Pairs(group.Value));
        double before = topics.CountBy(static pair => pair.Before).Sum(static group => Pairs(group.Value));
        double after = topics.CountBy(static pair => pair.After).Sum(static group => Pairs(group.Value));
        double expected = topics.Length < 2 ? 0 : before * after / Pairs(topics.Length);
        double largest = (before + after) / 2;
        return largest == expected ? 1 : (both - expected) / (largest - expected);
    }

    private static double Pairs(int count) => count * (count - 1.0) / 2;

    private static Wire.Types.Side Side(TopicInfo topic) => new()
    {
        Uid = topic.Uid,
        TopicId = topic.Id,
        TopicName = topic.Name,
        Label = topic.Label,
        DocumentCount = topic.Count,
    };
}
