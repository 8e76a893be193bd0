using System.Runtime.InteropServices;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Maps;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Mapping;

/// <summary>Maps columns and documents of maps to the messages that a server sends, in one page.</summary>
internal static class MapToWire
{
    public static Wire.ListMapColumnsResponse Map(MapColumns columns)
    {
        Wire.ListMapColumnsResponse wire = new() { ModelVersion = WireNames.Version(columns.Model, columns.Version) };
        if (columns.Times is { } times)
        {
            wire.Columns.Add(new Wire.MapColumn
            {
                Kind = Wire.MapColumn.Types.Kind.Time,
                DocumentCount = times.DocumentCount,
                FirstTime = Timestamp.FromDateTimeOffset(times.First),
                LastTime = Timestamp.FromDateTimeOffset(times.Last),
            });
        }

        wire.Columns.AddRange(columns.Attributes.Select(static column => new Wire.MapColumn
        {
            Kind = Wire.MapColumn.Types.Kind.Attribute,
            Attribute = column.Attribute,
            DocumentCount = column.DocumentCount,
            ValueCount = column.ValueCount,
        }));
        return wire;
    }

    public static Wire.GetMapColumnResponse Map(MapClasses classes) => new()
    {
        ModelVersion = WireNames.Version(classes.Model, classes.Version),
        ClassNames = { classes.ClassNames },
        Classes = { MemoryMarshal.ToEnumerable(classes.Classes).Select(static number => (uint)number) },
    };

    public static Wire.GetMapColumnResponse Map(MapTimes times) => new()
    {
        ModelVersion = WireNames.Version(times.Model, times.Version),
        FirstTime = Timestamp.FromDateTimeOffset(times.First),
        Seconds = { MemoryMarshal.ToEnumerable(times.Seconds) },
    };

    public static Wire.MapDocument Map(MapDocument document) => new()
    {
        Row = document.Row,
        DocumentId = document.DocumentId,
        Text = document.Text,
        Truncated = document.IsTruncated,
        TopicId = document.TopicId,
        Probability = document.Probability,
        Time = document.Time is { } time ? Timestamp.FromDateTimeOffset(time) : null,
        Attributes = { document.Attributes.ToDictionary() },
    };

    public static Wire.SearchMapDocumentsResponse Map(MapMatches matches) => new()
    {
        ModelVersion = WireNames.Version(matches.Model, matches.Version),
        Rows = { matches.Rows },
        MatchCount = matches.Count,
    };

    public static Wire.LocateTextResponse Map(MapPosition position) => new()
    {
        ModelVersion = WireNames.Version(position.Model, position.Version),
        X = position.X,
        Y = position.Y,
        NearestRow = position.NearestRow,
    };
}
