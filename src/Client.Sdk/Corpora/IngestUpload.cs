using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// One upload over any number of connections. The client sends each document until the server acknowledges it; the server ingests each
/// document once and in order.
/// </summary>
internal sealed class IngestUpload(
    ClientCore core,
    Wire.CorpusService.CorpusServiceClient stub,
    string corpus,
    IngestOptions options,
    DocumentSource source,
    IProgress<IngestProgress>? progress)
{
    private readonly string _sessionId = options.SessionId ?? Guid.NewGuid().ToString("N");
    private readonly List<RejectedDocument> _rejections = [];
    private readonly Reconnection _reconnection = new(core, "IngestDocuments");

    public async Task<IngestResult> RunAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                return Result(await ConnectAsync(cancellationToken).ConfigureAwait(false));
            }
            catch (RpcException failure)
            {
                await _reconnection.WaitAsync(failure, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task<Wire.IngestSession> ConnectAsync(CancellationToken cancellationToken)
    {
        using IngestConnection connection = new(stub, cancellationToken);
        Wire.IngestDocumentsResponse.Types.Opened opened = await connection.OpenAsync(corpus, _sessionId).ConfigureAwait(false);
        long next = opened.Session.NextOffset;
        if (next < source.Acknowledged)
        {
            throw new RpcException(new Status(
                StatusCode.DataLoss,
                $"The server acknowledged {source.Acknowledged} documents of session {_sessionId} and now has only {next}."));
        }

        await source.SkipToAsync(next, connection.Stopped).ConfigureAwait(false);
        ChunkWindow window = new(Least(options.MaxChunksInFlight, opened.MaxInFlightChunks));
        long maxBytes = opened.MaxChunkBytes > 0 ? opened.MaxChunkBytes : options.ChunkBytes;
        ChunkBuilder chunks = new(
            source,
            source.From(source.Acknowledged),
            Least(options.ChunkDocuments, opened.MaxChunkDocuments),
            Math.Min(options.ChunkBytes, maxBytes),
            maxBytes,
            Rejected);

        Task sending = connection.SendAsync(chunks, window, source);
        Task<Wire.IngestSession> receiving = connection.ReceiveAsync(acknowledgment => Acknowledge(acknowledgment, window));
        await Task.WhenAny(sending, receiving).ConfigureAwait(false);
        bool isCallersFault = sending is { IsCompleted: true, IsCompletedSuccessfully: false } && !IsBrokenConnection(sending);
        if (isCallersFault)
        {
            await connection.StopAsync().ConfigureAwait(false);
        }

        await ((Task)receiving).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await connection.StopAsync().ConfigureAwait(false);
        await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (isCallersFault)
        {
            await sending.ConfigureAwait(false);
        }

        return await receiving.ConfigureAwait(false);
    }

    private void Acknowledge(Wire.IngestDocumentsResponse.Types.Ack acknowledgment, ChunkWindow window)
    {
        _rejections.AddRange(acknowledgment.Rejections.Select(CorpusMapping.Map));
        source.Acknowledge(acknowledgment.CommittedOffset);
        window.Acknowledge(acknowledgment.CommittedOffset);
        _reconnection.Progressed();
        progress?.Report(new IngestProgress(source.Acknowledged, source.Taken, _rejections.Count, _reconnection.Count));
    }

    private IngestResult Result(Wire.IngestSession session)
    {
        // The session does not count documents that were sent again and rejected.
        long rejected = Math.Max(session.RejectedCount, _rejections.Count);
        IngestResult result = new()
        {
            Corpus = WireNames.Id(corpus),
            SessionId = _sessionId,
            Documents = session.NextOffset,
            Accepted = session.NextOffset - session.RejectedCount - session.DuplicateCount,
            Duplicates = session.DuplicateCount,
            Rejected = rejected,
            Rejections = _rejections,
            Reconnects = _reconnection.Count,
        };
        return rejected > 0 && options.ThrowOnRejection ? throw Rejected(result) : result;
    }

    // A document that fits into no message ends the upload. Skipping it would shift the offsets of all later documents.
    private IngestRejectedException Rejected(RejectedDocument oversized)
    {
        IReadOnlyList<RejectedDocument> rejections = [.. _rejections, oversized];
        return Rejected(new IngestResult
        {
            Corpus = WireNames.Id(corpus),
            SessionId = _sessionId,
            Documents = source.Acknowledged,
            Accepted = source.Acknowledged - _rejections.Count,
            Rejected = rejections.Count,
            Rejections = rejections,
            Reconnects = _reconnection.Count,
        });
    }

    private static IngestRejectedException Rejected(IngestResult result)
    {
        RejectedDocument? first = result.Rejections.Count > 0 ? result.Rejections[0] : null;
        string example = first is null ? "" : $" First: '{first.DocumentId}': {first.Message}";
        return new IngestRejectedException(
            $"{result.Rejected} documents were rejected.{example}",
            new ErrorDetails
            {
                Status = first?.Reason == ErrorReasons.DocumentConflict ? TopicGrpcStatus.AlreadyExists : TopicGrpcStatus.InvalidArgument,
                Reason = first?.Reason ?? "",
            },
            result);
    }

    private static bool IsBrokenConnection(Task sending) => sending.IsCanceled || sending.Exception?.InnerException is RpcException;

    private static int Least(int wanted, int limit) => limit > 0 ? Math.Min(wanted, limit) : wanted;
}
