using System.Collections.Concurrent;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using TopicGrpc.V1;

namespace TopicGrpc.Client.Sdk.Tests.Fakes;

/// <summary>
/// Keeps ids in memory by the contract's rules: a session resumes at its next offset, and a document sent twice is stored once.
/// </summary>
internal sealed class FakeCorpusService : CorpusService.CorpusServiceBase
{
    private readonly Lock _gate = new();
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>Ids in the order they were stored.</summary>
    public List<string> Stored { get; } = [];

    /// <summary>Documents to refuse.</summary>
    public HashSet<string> Refused { get; } = new(StringComparer.Ordinal);

    /// <summary>Offsets of all chunks that came in.</summary>
    public List<long> ChunkOffsets { get; } = [];

    /// <summary>Sessions opened, taken up ones counted again.</summary>
    public int Opens => _opens;

    /// <summary>Completes when this many documents are stored.</summary>
    public (int Count, TaskCompletionSource Reached) Milestone { get; set; } = (int.MaxValue, new TaskCompletionSource());

    /// <summary>Failure of the next opening.</summary>
    public RpcException? OpenFailure { get; set; }

    public int MaxInFlightChunks { get; init; } = 4;

    public int MaxChunkDocuments { get; init; } = 500;

    public long MaxChunkBytes { get; init; } = 1024 * 1024;

    private int _opens;

    public override async Task IngestDocuments(
        IAsyncStreamReader<IngestDocumentsRequest> requestStream,
        IServerStreamWriter<IngestDocumentsResponse> responseStream,
        ServerCallContext context)
    {
        Interlocked.Increment(ref _opens);
        if (OpenFailure is { } failure)
        {
            throw failure;
        }

        Session? session = null;
        await foreach (IngestDocumentsRequest request in requestStream.ReadAllAsync(context.CancellationToken))
        {
            IngestDocumentsResponse response = request.PayloadCase switch
            {
                IngestDocumentsRequest.PayloadOneofCase.Open =>
                    Open(session = _sessions.GetOrAdd(request.Open.SessionId, static _ => new Session())),
                IngestDocumentsRequest.PayloadOneofCase.Chunk => Take(session!, request.Chunk),
                _ => Close(session!, request.Close),
            };
            await responseStream.WriteAsync(response, context.CancellationToken);
        }
    }

    private IngestDocumentsResponse Open(Session session) => new()
    {
        Opened = new()
        {
            Session = session.ToWire(),
            MaxInFlightChunks = MaxInFlightChunks,
            MaxChunkDocuments = MaxChunkDocuments,
            MaxChunkBytes = MaxChunkBytes,
        },
    };

    private IngestDocumentsResponse Take(Session session, IngestDocumentsRequest.Types.Chunk chunk)
    {
        lock (_gate)
        {
            ChunkOffsets.Add(chunk.Offset);
            if (chunk.Offset > session.NextOffset)
            {
                throw Refusals.Make(StatusCode.OutOfRange, "OFFSET_GAP");
            }

            IngestDocumentsResponse.Types.Ack ack = new();
            for (int index = (int)(session.NextOffset - chunk.Offset); index < chunk.Documents.Count; index++)
            {
                string id = chunk.Documents[index].Id;
                if (Refused.Contains(id))
                {
                    session.Rejected++;
                    ack.Rejections.Add(new IngestDocumentsResponse.Types.Rejection
                    {
                        Offset = session.NextOffset,
                        DocumentId = id,
                        Error = new Google.Rpc.Status
                        {
                            Code = (int)StatusCode.AlreadyExists,
                            Message = "Taken.",
                            Details = { Any.Pack(new ErrorInfo { Domain = "topicgrpc", Reason = "DOCUMENT_CONFLICT" }) },
                        },
                    });
                }
                else
                {
                    Stored.Add(id);
                    ack.AcceptedCount++;
                }

                session.NextOffset++;
            }

            if (Stored.Count >= Milestone.Count)
            {
                Milestone.Reached.TrySetResult();
            }

            ack.CommittedOffset = session.NextOffset;
            return new IngestDocumentsResponse { Ack = ack };
        }
    }

    private static IngestDocumentsResponse Close(Session session, IngestDocumentsRequest.Types.Close close) =>
        close.TotalDocuments > 0 && close.TotalDocuments != session.NextOffset
            ? throw Refusals.Make(StatusCode.OutOfRange, "OFFSET_GAP")
            : new IngestDocumentsResponse { Closed = new() { Session = session.ToWire() } };

    private sealed class Session
    {
        public long NextOffset { get; set; }

        public long Rejected { get; set; }

        public IngestSession ToWire() => new() { NextOffset = NextOffset, RejectedCount = Rejected };
    }
}
