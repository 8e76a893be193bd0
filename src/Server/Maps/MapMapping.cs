using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Engine.Charts;
using TopicGrpc.Engine.Topics;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;
using MapLabel = TopicGrpc.Engine.Charts.MapLabel;

namespace TopicGrpc.Server.Maps;

/// <summary>Maps points, labels, columns and documents to the contract.</summary>
internal static class MapMapping
{
    public static MapBounds Bounds(QuantizedMap map) => new() { MinX = map.X.Low, MaxX = map.X.High, MinY = map.Y.Low, MaxY = map.Y.High };

    public static ByteString Positions(QuantizedMap map, int first, int count) =>
        UnsafeByteOperations.UnsafeWrap(MapPoints.Positions(map, first, count));

    public static V1.MapLabel ToProto(MapLabel label) => new()
    {
        TopicId = label.TopicId,
        Text = label.Text,
        X = label.X,
        Y = label.Y,
        MinZoom = label.MinZoom,
        MaxZoom = label.MaxZoom,
        Layer = label.Layer,
    };

    public static IEnumerable<MapColumn> Columns(MapIndex index)
    {
        if (index.Times is { } times)
        {
            yield return new MapColumn
            {
                Kind = MapColumn.Types.Kind.Time,
                DocumentCount = times.DocumentCount,
                FirstTime = Timestamp.FromDateTimeOffset(times.First),
                LastTime = Timestamp.FromDateTimeOffset(times.Last),
            };
        }

        foreach (MapAttribute attribute in index.Columns)
        {
            yield return new MapColumn
            {
                Kind = MapColumn.Types.Kind.Attribute,
                Attribute = attribute.Name,
                DocumentCount = attribute.DocumentCount,
                ValueCount = attribute.ValueCount,
            };
        }
    }

    /// <summary>Maps a document.</summary>
    /// <param name="model">Content of the version.</param>
    /// <param name="row">Row of the document.</param>
    /// <param name="document">The document.</param>
    /// <param name="length">Most characters of the text.</param>
    public static MapDocument ToProto(TopicModel model, int row, Document document, int length)
    {
        MapDocument message = new()
        {
            Row = row,
            DocumentId = document.Id,
            Text = Cut(document.Text, length),
            Truncated = document.Text.Length > length,
            TopicId = model.Assignments[row],
            Probability = model.Strengths[row],
            Time = document.Time is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        };
        foreach ((string name, string value) in document.Attributes ?? new Dictionary<string, string>())
        {
            message.Attributes.Add(name, value);
        }

        return message;
    }

    private static string Cut(string text, int length) =>
        text.Length <= length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
