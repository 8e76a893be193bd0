using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>Maps corpora and documents.</summary>
internal static class CorpusMapping
{
    public static CorpusInfo Map(Wire.Corpus wire) => new()
    {
        Name = WireNames.Id(wire.Name),
        DisplayName = wire.DisplayName,
        DocumentCount = wire.DocumentCount,
        TextBytes = wire.TextBytes,
        Created = WireTimes.Time(wire.CreateTime),
    };

    public static Wire.Document Map(TopicDocument document)
    {
        Wire.Document wire = new() { Id = document.Id, Text = document.Text };
        if (document.Time is { } time)
        {
            wire.EventTime = Timestamp.FromDateTimeOffset(time);
        }

        foreach ((string key, string value) in document.Attributes)
        {
            wire.Attributes[key] = value;
        }

        return wire;
    }

    public static RejectedDocument Map(Wire.IngestDocumentsResponse.Types.Rejection wire)
    {
        ErrorDetails details = ErrorTranslation.Read(wire.Error ?? new());
        return new RejectedDocument(wire.Offset, wire.DocumentId, details.Reason, wire.Error?.Message ?? "");
    }
}
