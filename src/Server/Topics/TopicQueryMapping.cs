using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Topics;

/// <summary>Maps hierarchy, time slices and class slices of topics to the contract.</summary>
internal static class TopicQueryMapping
{
    public static GetTopicHierarchyResponse ToProto(IReadOnlyList<HierarchyMerge> merges, string layerTree, string version)
    {
        GetTopicHierarchyResponse response = new() { ModelVersion = version, Tree = HierarchyText.Draw(merges), LayerTree = layerTree };
        response.Merges.AddRange(merges.Select(static merge => new GetTopicHierarchyResponse.Types.Merge
        {
            Node = merge.ParentId,
            Left = merge.LeftId,
            Right = merge.RightId,
            Distance = merge.Distance,
            NodeName = merge.ParentName,
            LeftName = merge.LeftName,
            RightName = merge.RightName,
            TopicIds = { merge.Topics },
        }));
        return response;
    }

    public static ListTopicsOverTimeResponse.Types.Point ToProto(DateTimeOffset time, TopicSlice topic) => new()
    {
        Time = Timestamp.FromDateTimeOffset(time),
        TopicId = topic.TopicId,
        DocumentCount = topic.Frequency,
        Words = { Words(topic) },
    };

    public static ListTopicsPerClassResponse.Types.Point ToProto(string className, TopicSlice topic) => new()
    {
        ClassName = className,
        TopicId = topic.TopicId,
        DocumentCount = topic.Frequency,
        Words = { Words(topic) },
    };

    private static IEnumerable<TopicWord> Words(TopicSlice topic) =>
        topic.Words
            .Where(static word => word.Term.Length > 0)
            .Select(static word => new TopicWord { Term = word.Term, Score = word.Score });
}
