using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;
using TopicGrpc.V1;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Corpora;

/// <summary>Maps corpora and documents between contract and server.</summary>
internal static class CorpusMapping
{
    private const int ShownIdLength = 64;

    // Lengths, time and the number of attributes.
    private const int DocumentBytes = 16;

    public static V1.Corpus ToProto(CorpusRow row, CorpusSummary summary) => new()
    {
        Name = ResourceNames.Corpus(row.Id),
        DisplayName = row.DisplayName,
        State = summary.IsDamaged ? V1.Corpus.Types.State.Damaged : V1.Corpus.Types.State.Ready,
        Damage = summary.Damage ?? string.Empty,
        DocumentCount = summary.Documents,
        TextBytes = summary.TextBytes,
        CreateTime = Timestamp.FromDateTimeOffset(row.Created),
        Retention = row.Retention == TimeSpan.Zero ? null : Duration.FromTimeSpan(row.Retention),
        GivenEmbeddings = Given(row, summary),
    };

    private static GivenEmbeddings? Given(CorpusRow row, CorpusSummary summary) =>
        summary.Dimension == 0 && (row.Given is null || summary.Documents > 0)
            ? null
            : new GivenEmbeddings
            {
                Dimension = summary.Dimension == 0 ? row.Given!.Dimension : summary.Dimension,
                Encoder = row.Given?.Encoder ?? string.Empty,
            };

    /// <summary>Maps the texts that are quarantined; suspects are not shown.</summary>
    public static IEnumerable<QuarantinedText> ToProto(CrashRecord crashes) => crashes.Texts
        .Where(static text => text.Quarantined is not null)
        .Select(static text => new QuarantinedText
        {
            DocumentId = text.DocumentId,
            EncoderSha256 = text.EncoderSha256,
            DeathCount = text.Deaths,
            QuarantineTime = Timestamp.FromDateTimeOffset(text.Quarantined!.Value),
        });

    public static IngestSession ToProto(string corpus, SessionState session) => new()
    {
        Name = ResourceNames.IngestSession(corpus, session.Id),
        NextOffset = session.NextOffset,
        RejectedCount = session.Rejected,
        DuplicateCount = session.Duplicates,
    };

    public static IngestDocumentsResponse.Types.Ack ToProto(AppendResult result)
    {
        IngestDocumentsResponse.Types.Ack ack = new()
        {
            CommittedOffset = result.NextOffset,
            AcceptedCount = result.Accepted,
            DuplicateCount = result.Duplicates,
        };
        ack.Rejections.AddRange(result.Rejections.Select(static rejection => new IngestDocumentsResponse.Types.Rejection
        {
            Offset = rejection.Offset,
            DocumentId = ShownId(rejection),
            Error = StatusMapping.ToProto(rejection.Why),
        }));
        return ack;
    }

    /// <summary>Returns the id of a rejected document, shortened if the id itself may be too large for a message.</summary>
    private static string ShownId(DocumentRejection rejection) =>
        rejection.Why.Reason == Shared.ErrorReasons.InputTooLarge && rejection.DocumentId.Length > ShownIdLength
            ? rejection.DocumentId[..ShownIdLength]
            : rejection.DocumentId;

    /// <summary>Encodes the documents of a chunk. Embeddings are normalized in the message itself.</summary>
    public static IncomingChunk FromProto(IngestDocumentsRequest.Types.Chunk chunk)
    {
        int bytes = 0;
        int numbers = 0;
        foreach (V1.Document document in chunk.Documents)
        {
            bytes += document.Id.Length + document.Text.Length + DocumentBytes;
            numbers += document.Embedding.Count;
        }

        IncomingChunk incoming = new(chunk.Offset, chunk.Documents.Count, bytes, numbers);
        foreach (V1.Document document in chunk.Documents)
        {
            ServiceException? fault = DocumentLimits.Violation(document);
            Span<float> embedding = UnsafeCollectionOperations.AsSpan(document.Embedding);
            if (fault is null && !embedding.IsEmpty)
            {
                fault = EmbeddingRules.Normalize(embedding, "embedding");
            }

            if (fault is null)
            {
                incoming.Add(
                    new Document(document.Id, document.Text, document.EventTime?.ToDateTimeOffset(), document.Attributes), embedding);
            }
            else
            {
                incoming.Reject(document.Id, fault);
            }
        }

        return incoming;
    }
}
