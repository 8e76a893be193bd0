using Google.Protobuf;
using Google.Protobuf.Collections;
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

    public static IncomingChunk FromProto(IngestDocumentsRequest.Types.Chunk chunk)
    {
        Dictionary<int, ServiceException> faults = [];
        var documents = new Document[chunk.Documents.Count];
        float[]?[]? embeddings = null;
        for (int index = 0; index < documents.Length; index++)
        {
            V1.Document document = chunk.Documents[index];
            ServiceException? fault = DocumentLimits.Violation(document);
            if (fault is null && document.Embedding.Count > 0)
            {
                float[] embedding = UnsafeCollectionOperations.AsSpan(document.Embedding).ToArray();
                fault = EmbeddingRules.Normalize(embedding, "embedding");
                (embeddings ??= new float[]?[documents.Length])[index] = embedding;
            }

            if (fault is not null)
            {
                faults.Add(index, fault);
            }

            // A time out of range has no value of .NET; its document is rejected anyway.
            DateTimeOffset? time = fault is null ? document.EventTime?.ToDateTimeOffset() : null;
            documents[index] = new Document(document.Id, document.Text, time, Attributes(document.Attributes));
        }

        return new IncomingChunk(chunk.Offset, documents, faults) { Embeddings = embeddings ?? [] };
    }

    private static Dictionary<string, string>? Attributes(MapField<string, string> attributes) =>
        attributes.Count == 0 ? null : new Dictionary<string, string>(attributes, StringComparer.Ordinal);
}
