using TopicGrpc.Client.Maps;
using TopicGrpc.Client.Topics;
using TopicGrpc.Explorer.Parts;

namespace TopicGrpc.Explorer.Map;

/// <summary>What the script of the map needs in addition to the points.</summary>
internal sealed record MapMeta(
    string Model,
    long Version,
    string Etag,
    MapBounds Bounds,
    IReadOnlyList<MapMetaTopic> Topics,
    IReadOnlyList<MapMetaLabel> Labels,
    IReadOnlyList<MapMetaColumn> Columns)
{
    private const int WordsOfTopic = 10;

    public static MapMeta Of(TopicMap map, TopicList topics, MapColumns? columns) => new(
        map.Model,
        map.Version,
        map.Etag,
        map.Bounds,
        [
            .. topics.Topics.Select(static topic => new MapMetaTopic(
                topic.Id, Format.Topic(topic), topic.Count, [.. topic.Words.Take(WordsOfTopic).Select(static word => word.Term)])),
        ],
        [.. map.Labels.Select(static label => new MapMetaLabel(
            label.Layer, label.TopicId, label.Text, label.X, label.Y, label.MinZoom, label.MaxZoom))],
        [
            .. columns?.Times is null ? [] : new[] { new MapMetaColumn("time", "") },
            .. (columns?.Attributes ?? []).Where(static column => column.ValueCount > 1)
                .Select(static column => new MapMetaColumn("attribute", column.Attribute)),
        ]);
}

/// <summary>A topic for legend and search.</summary>
internal sealed record MapMetaTopic(int Id, string Name, long Count, IReadOnlyList<string> Words);

/// <summary>A label.</summary>
internal sealed record MapMetaLabel(string Layer, int Topic, string Text, int X, int Y, int MinZoom, int MaxZoom);

/// <summary>Something to color by.</summary>
internal sealed record MapMetaColumn(string Kind, string Attribute);

/// <summary>A document for hover and lists.</summary>
internal sealed record MapMetaDocument(int Row, string Id, string Text, IReadOnlyDictionary<string, string> Attributes);
