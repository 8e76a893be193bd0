using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>Maps erasures and filters.</summary>
internal static class ErasureMapping
{
    public static ErasureInfo Map(Wire.Erasure wire) => new()
    {
        Corpus = wire.Name.Split('/')[1],
        Name = WireNames.Id(wire.Name),
        State = wire.State switch
        {
            Wire.Erasure.Types.State.Running => ErasureState.Running,
            Wire.Erasure.Types.State.Succeeded => ErasureState.Succeeded,
            _ => ErasureState.Unknown,
        },
        DocumentCount = wire.DocumentCount,
        TextBytes = wire.TextBytes,
        Created = WireTimes.Time(wire.CreateTime),
        Ended = WireTimes.Time(wire.EndTime),
        Findings =
        [
            .. wire.Findings.Select(static finding => new ErasureFinding(
                finding.Resource,
                finding.DocumentCount,
                finding.RepresentativeDocumentCount,
                WireTimes.Time(finding.RemoveTime))),
        ],
        Unexamined = [.. wire.Unexamined],
        Error = wire.Error?.Message ?? "",
        ByRetention = wire.ByRetention,
    };

    public static Wire.DeleteDocumentsRequest.Types.Filter Map(DocumentFilter filter) => new()
    {
        FromTime = filter.From is { } from ? Timestamp.FromDateTimeOffset(from) : null,
        BeforeTime = filter.Before is { } before ? Timestamp.FromDateTimeOffset(before) : null,
        Attributes = { filter.Attributes.ToDictionary() },
    };
}
