using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>One upload. Each offset is ingested once and in order, even if the client sends it again.</summary>
internal sealed class IngestSession(FakeCorpora corpora, string corpus, string id)
{
    private readonly Lock _gate = new();
    private long _next;
    private long _rejected;
    private long _duplicates;

    public string Corpus => corpus;

    public Wire.IngestDocumentsResponse Opened() => new() { Opened = new() { Session = ToWire() } };

    public Wire.IngestDocumentsResponse Closed(Wire.Corpus state) => new() { Closed = new() { Session = ToWire(), Corpus = state } };

    public Wire.IngestDocumentsResponse Take(Wire.IngestDocumentsRequest.Types.Chunk chunk)
    {
        lock (_gate)
        {
            if (chunk.Offset > _next)
            {
                throw StatusToWire.Exception(
                    TopicGrpcStatus.OutOfRange,
                ErrorReasons.OffsetGap,
                $"The session expects document {_next}; the chunk starts at {chunk.Offset}.");
            }

            Wire.IngestDocumentsResponse.Types.Ack answer = new();
            foreach (Wire.Document document in chunk.Documents.Skip((int)(_next - chunk.Offset)))
            {
                Take(document, answer);
                _next++;
            }

            answer.CommittedOffset = _next;
            return new Wire.IngestDocumentsResponse { Ack = answer };
        }
    }

    private void Take(Wire.Document document, Wire.IngestDocumentsResponse.Types.Ack answer)
    {
        switch (corpora.Take(corpus, Map(document)))
        {
            case IngestOutcome.Stored:
                answer.AcceptedCount++;
                break;
            case IngestOutcome.Duplicate:
                answer.DuplicateCount++;
                _duplicates++;
                break;
            case IngestOutcome.WrongEmbedding:
                Reject(
                    document,
                    answer,
                    new ErrorDetails { Status = TopicGrpcStatus.InvalidArgument, Reason = ErrorReasons.InvalidField },
                    $"embedding: {document.Embedding.Count} numbers do not fit the corpus: all its documents have an embedding of one "
                    + "dimension, or none has one.");
                break;
            default:
                Reject(
                    document,
                    answer,
                    new ErrorDetails { Status = TopicGrpcStatus.AlreadyExists, Reason = ErrorReasons.DocumentConflict },
                    $"The corpus already has a document '{document.Id}' with another text or embedding.");
                break;
        }
    }

    private void Reject(
        Wire.Document document, Wire.IngestDocumentsResponse.Types.Ack answer, ErrorDetails details, string message)
    {
        _rejected++;
        answer.Rejections.Add(new Wire.IngestDocumentsResponse.Types.Rejection
        {
            Offset = _next,
            DocumentId = document.Id,
            Error = StatusToWire.Map(details, message),
        });
    }

    private Wire.IngestSession ToWire()
    {
        lock (_gate)
        {
            return new Wire.IngestSession
            {
                Name = ResourceNames.IngestSession(corpus, id),
                NextOffset = _next,
                RejectedCount = _rejected,
                DuplicateCount = _duplicates,
            };
        }
    }

    private static TopicDocument Map(Wire.Document document) => new(document.Id, document.Text)
    {
        Time = document.EventTime?.ToDateTimeOffset(),
        Attributes = new Dictionary<string, string>(document.Attributes, StringComparer.Ordinal),
        Embedding = document.Embedding.ToArray(),
    };
}
