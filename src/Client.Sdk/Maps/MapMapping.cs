using System.Runtime.InteropServices;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Maps;

/// <summary>Maps points, columns and documents of a map.</summary>
internal static class MapMapping
{
    /// <summary>Joins the pages of a map.</summary>
    public static TopicMap Map(IReadOnlyList<Wire.GetMapResponse> pages)
    {
        Wire.GetMapResponse head = pages[0];
        (string model, long version) = WireNames.ParseVersion(head.ModelVersion);
        int count = checked((int)head.PointCount);
        ushort[] coordinates = new ushort[2 * count];
        int[] topics = new int[count];
        byte[] probabilities = new byte[count];
        foreach (Wire.GetMapResponse page in pages)
        {
            int first = checked((int)page.FirstRow);
            ReadOnlySpan<byte> positions = page.Positions.Span;
            for (int i = 0; i < positions.Length / sizeof(ushort); i++)
            {
                coordinates[(2 * first) + i] = (ushort)(positions[2 * i] | (positions[(2 * i) + 1] << 8));
            }

            page.TopicIds.CopyTo(topics, first);
            page.Probabilities.Span.CopyTo(probabilities.AsSpan(first));
        }

        return new TopicMap
        {
            Model = model,
            Version = version,
            Etag = head.Etag,
            Bounds = new MapBounds(head.Bounds.MinX, head.Bounds.MaxX, head.Bounds.MinY, head.Bounds.MaxY),
            Coordinates = coordinates,
            TopicIds = topics,
            Probabilities = probabilities,
            Labels =
            [
                .. head.Labels.Select(static label => new MapLabel(label.TopicId, label.Text, (int)label.X, (int)label.Y, label.MinZoom)
                {
                    MaxZoom = label.MaxZoom,
                    Layer = label.Layer,
                }),
            ],
        };
    }

    /// <summary>Maps a whole map to one page.</summary>
    public static Wire.GetMapResponse Map(TopicMap map)
    {
        byte[] positions = new byte[sizeof(ushort) * map.Coordinates.Length];
        for (int i = 0; i < map.Coordinates.Length; i++)
        {
            positions[2 * i] = (byte)map.Coordinates.Span[i];
            positions[(2 * i) + 1] = (byte)(map.Coordinates.Span[i] >> 8);
        }

        return new Wire.GetMapResponse
        {
            ModelVersion = WireNames.Version(map.Model, map.Version),
            Etag = map.Etag,
            PointCount = map.Count,
            Bounds = new Wire.MapBounds { MinX = map.Bounds.MinX, MaxX = map.Bounds.MaxX, MinY = map.Bounds.MinY, MaxY = map.Bounds.MaxY },
            Positions = Google.Protobuf.ByteString.CopyFrom(positions),
            TopicIds = { MemoryMarshal.ToEnumerable(map.TopicIds) },
            Probabilities = Google.Protobuf.ByteString.CopyFrom(map.Probabilities.Span),
            Labels =
            {
                map.Labels.Select(static label => new Wire.MapLabel
                {
                    TopicId = label.TopicId,
                    Text = label.Text,
                    X = (uint)label.X,
                    Y = (uint)label.Y,
                    MinZoom = label.MinZoom,
                    MaxZoom = label.MaxZoom,
                    Layer = label.Layer,
                }),
            },
        };
    }

    public static MapColumns Map(Wire.ListMapColumnsResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ModelVersion);
        Wire.MapColumn? time = wire.Columns.FirstOrDefault(static column => column.Kind == Wire.MapColumn.Types.Kind.Time);
        return new MapColumns
        {
            Model = model,
            Version = version,
            Times = time is null
                ? null
                : new MapTimeRange(
                    time.DocumentCount, WireTimes.Time(time.FirstTime) ?? default, WireTimes.Time(time.LastTime) ?? default),
            Attributes =
            [
                .. wire.Columns.Where(static column => column.Kind == Wire.MapColumn.Types.Kind.Attribute)
                    .Select(static column => new MapColumn(column.Attribute, column.DocumentCount, column.ValueCount)),
            ],
        };
    }

    public static MapDocument Map(Wire.MapDocument wire) => new()
    {
        Row = wire.Row,
        DocumentId = wire.DocumentId,
        Text = wire.Text,
        IsTruncated = wire.Truncated,
        TopicId = wire.TopicId,
        Probability = wire.Probability,
        Time = WireTimes.Time(wire.Time),
        Attributes = new Dictionary<string, string>(wire.Attributes, StringComparer.Ordinal),
    };

    public static MapMatches Map(Wire.SearchMapDocumentsResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ModelVersion);
        return new MapMatches { Model = model, Version = version, Rows = [.. wire.Rows], Count = wire.MatchCount };
    }

    public static MapPosition Map(Wire.LocateTextResponse wire)
    {
        (string model, long version) = WireNames.ParseVersion(wire.ModelVersion);
        return new MapPosition { Model = model, Version = version, X = wire.X, Y = wire.Y, NearestRow = wire.NearestRow };
    }
}
