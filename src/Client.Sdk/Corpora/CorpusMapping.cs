using Google.Protobuf;
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
        State = Map(wire.State),
        Damage = wire.Damage,
        DocumentCount = wire.DocumentCount,
        TextBytes = wire.TextBytes,
        Created = WireTimes.Time(wire.CreateTime),
        QuarantinedTexts =
        [
            .. wire.QuarantinedTexts.Select(static text => new QuarantinedText(
                text.DocumentId, text.EncoderSha256, text.DeathCount, WireTimes.Time(text.QuarantineTime))),
        ],
        Retention = WireTimes.Span(wire.Retention),
        GivenEmbeddings = Map(wire.GivenEmbeddings),
    };

    public static GivenEmbeddings? Map(Wire.GivenEmbeddings? wire) =>
        wire is null ? null : new GivenEmbeddings { Dimension = wire.Dimension, Encoder = wire.Encoder };

    public static Wire.GivenEmbeddings? Map(GivenEmbeddings? given) =>
        given is null ? null : new Wire.GivenEmbeddings { Dimension = given.Dimension, Encoder = given.Encoder };

    private static CorpusState Map(Wire.Corpus.Types.State state) => state switch
    {
        Wire.Corpus.Types.State.Ready => CorpusState.Ready,
        Wire.Corpus.Types.State.Damaged => CorpusState.Damaged,
        _ => CorpusState.Unknown,
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

        wire.Embedding.AddRange(document.Embedding.Span);

        return wire;
    }

    public static RejectedDocument Map(Wire.IngestDocumentsResponse.Types.Rejection wire)
    {
        ErrorDetails details = ErrorTranslation.Read(wire.Error ?? new());
        return new RejectedDocument(wire.Offset, wire.DocumentId, details.Reason, wire.Error?.Message ?? "");
    }
}
