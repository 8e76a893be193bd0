using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Topics;

/// <summary>Maps queries about the topics of a version, and their answers.</summary>
internal static class TopicQueryMapping
{
    public static TopicSearchResult Map(Wire.SearchTopicsResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ModelVersion);
        return new TopicSearchResult
        {
            Model = model,
            Version = version,
            Hits = [.. wire.Hits.Select(static hit => new TopicHit(TopicMapping.Map(hit.Topic), hit.Similarity))],
        };
    }

    public static TopicHierarchy Map(Wire.GetTopicHierarchyResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ModelVersion);
        return new TopicHierarchy
        {
            Model = model,
            Version = version,
            Merges = [.. wire.Merges.Select(Map)],
            Tree = wire.Tree,
            LayerTree = wire.LayerTree,
        };
    }

    public static Wire.ListTopicsOverTimeRequest Map(Wire.ModelSelector selector, TopicsOverTimeOptions options, int pageSize) => new()
    {
        Selector = selector,
        BinCount = options.BinCount ?? 0,
        GlobalTuning = options.GlobalTuning,
        EvolutionTuning = options.EvolutionTuning,
        TopicIds = { options.TopicIds },
        Corpus = options.Corpus is null ? "" : WireNames.Corpus(options.Corpus),
        PageSize = pageSize,
    };

    public static Wire.ListTopicsPerClassRequest Map(
        Wire.ModelSelector selector, string attribute, TopicsPerClassOptions options, int pageSize) => new()
        {
            Selector = selector,
            Attribute = attribute,
            GlobalTuning = options.GlobalTuning,
            TopicIds = { options.TopicIds },
            Corpus = options.Corpus is null ? "" : WireNames.Corpus(options.Corpus),
            PageSize = pageSize,
        };

    public static TopicAtTime Map(Wire.ListTopicsOverTimeResponse.Types.Point wire) =>
        new(WireTimes.Time(wire.Time) ?? default, wire.TopicId, wire.DocumentCount, TopicMapping.Words(wire.Words));

    public static TopicInClass Map(Wire.ListTopicsPerClassResponse.Types.Point wire) =>
        new(wire.ClassName, wire.TopicId, wire.DocumentCount, TopicMapping.Words(wire.Words));

    private static TopicMerge Map(Wire.GetTopicHierarchyResponse.Types.Merge wire) => new()
    {
        Node = wire.Node,
        Name = wire.NodeName,
        Left = wire.Left,
        LeftName = wire.LeftName,
        Right = wire.Right,
        RightName = wire.RightName,
        Distance = wire.Distance,
        Topics = [.. wire.TopicIds],
    };
}
