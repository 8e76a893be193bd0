using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Topics;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps answers about topics to the messages that a server sends, in one page.</summary>
internal static class QueryToWire
{
    public static Wire.GetTopicHierarchyResponse Map(TopicHierarchy hierarchy) => new()
    {
        ModelVersion = WireNames.Version(hierarchy.Model, hierarchy.Version),
        Tree = hierarchy.Tree,
        LayerTree = hierarchy.LayerTree,
        Merges = { hierarchy.Merges.Select(Map) },
    };

    public static Wire.ListTopicLayersResponse Map(TopicLayers layers) => new()
    {
        ModelVersion = WireNames.Version(layers.Model, layers.Version),
        Layers =
        {
            layers.Layers.Select(static layer => new Wire.TopicLayer
            {
                Layer = layer.Name,
                TopicCount = layer.TopicCount,
                DocumentCount = layer.DocumentCount,
                MinClusterSize = layer.MinClusterSize,
            }),
        },
    };

    public static Wire.ListLayerTopicsResponse Map(LayerTopics topics) => new()
    {
        ModelVersion = WireNames.Version(topics.Model, topics.Version),
        Topics =
        {
            topics.Topics.Select(static topic => new Wire.LayerTopic
            {
                TopicId = topic.Id,
                Uid = topic.Uid,
                TopicName = topic.Name,
                DocumentCount = topic.Count,
                Words = { TopicToWire.Words(topic.Words) },
                Parent = topic.Parent is null ? null : TopicToWire.Map(topic.Parent),
            }),
        },
    };

    public static Wire.ListTopicsOverTimeResponse Map(TopicsOverTime topics) => new()
    {
        ModelVersion = WireNames.Version(topics.Model, topics.Version),
        UndatedCount = topics.UndatedCount,
        Points =
        {
            topics.Points.Select(static point => new Wire.ListTopicsOverTimeResponse.Types.Point
            {
                Time = Timestamp.FromDateTimeOffset(point.Time),
                TopicId = point.TopicId,
                DocumentCount = point.Count,
                Words = { TopicToWire.Words(point.Words) },
            }),
        },
    };

    public static Wire.ListTopicsPerClassResponse Map(TopicsPerClass topics) => new()
    {
        ModelVersion = WireNames.Version(topics.Model, topics.Version),
        UnclassifiedCount = topics.UnclassifiedCount,
        Points =
        {
            topics.Points.Select(static point => new Wire.ListTopicsPerClassResponse.Types.Point
            {
                ClassName = point.ClassName,
                TopicId = point.TopicId,
                DocumentCount = point.Count,
                Words = { TopicToWire.Words(point.Words) },
            }),
        },
    };

    /// <summary>Returns a document with the parts that the request asks for and the test has set.</summary>
    public static Wire.ListTopicDocumentsResponse.Types.Member Map(DocumentTopic document, Wire.ListTopicDocumentsRequest request)
    {
        Wire.ListTopicDocumentsResponse.Types.Member member = new()
        {
            DocumentId = document.DocumentId,
            TopicId = document.TopicId,
            Probability = document.Probability,
            Representative = document.IsRepresentative,
        };
        if (request.IncludeContent)
        {
            member.Text = document.Text ?? "";
            member.EventTime = document.Time is { } time ? Timestamp.FromDateTimeOffset(time) : null;
            member.Attributes.Add(document.Attributes?.ToDictionary(StringComparer.Ordinal) ?? []);
        }

        if (request.IncludePosition && document.Position is { } position)
        {
            member.Position = new Wire.ListTopicDocumentsResponse.Types.Position { X = position.X, Y = position.Y };
        }

        if (request.IncludeEmbedding && document.Embedding is { } embedding)
        {
            member.Embedding.AddRange(embedding.ToArray());
        }

        return member;
    }

    private static Wire.GetTopicHierarchyResponse.Types.Merge Map(TopicMerge merge) => new()
    {
        Node = merge.Node,
        NodeName = merge.Name,
        Left = merge.Left,
        LeftName = merge.LeftName,
        Right = merge.Right,
        RightName = merge.RightName,
        Distance = merge.Distance,
        TopicIds = { merge.Topics },
    };
}
