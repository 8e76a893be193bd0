using Grpc.Core;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Receiving;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Ingesting;

/// <summary>
/// An ingest stream. A reader fills a bounded channel; a writer takes all chunks that wait, stores them with one flush, and acknowledges
/// them. If the channel is full, the reader stops and flow control slows the sender.
/// </summary>
internal sealed class IngestStream(
    CorpusStore corpora,
    StorageQuota quota,
    DiskSpace space,
    IOptions<IngestOptions> options,
    IHostApplicationLifetime lifetime,
    IngestMetrics metrics,
    TimeProvider clock,
    ILogger<IngestStream> logger)
{
    private readonly IngestOptions _options = options.Value;

    public async Task RunAsync(
        IAsyncStreamReader<IngestDocumentsRequest> requests,
        IServerStreamWriter<IngestDocumentsResponse> responses,
        CallBody body,
        CancellationToken callCancelled)
    {
        // Shutdown does not cancel running calls, so the stream observes it itself.
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(callCancelled, lifetime.ApplicationStopping);
        CancellationToken corpusDeleted = CancellationToken.None;
        string corpusName = string.Empty;
        IngestSessionHandle? opened = null;
        try
        {
            IngestSessionHandle session = opened = await OpenAsync(requests, reading.Token);
            corpusName = ResourceNames.Corpus(session.Row.Id);
            corpusDeleted = session.Corpus.Deleted;
            await using CancellationTokenRegistration watched = corpusDeleted.UnsafeRegister(
                static source => ((CancellationTokenSource)source!).Cancel(),
                reading);
            await responses.WriteAsync(Opened(session), callCancelled);

            ChunkQueue queue = new(_options, body);
            Task<IngestDocumentsRequest.Types.Close?> reader = ReadAsync(requests, queue, reading.Token);
            try
            {
                await StoreAsync(session, queue, responses, callCancelled);
            }
            catch
            {
                // The reader must leave the request stream before the call ends.
                await reading.CancelAsync();
                await Task.WhenAny(reader);
                throw;
            }

            if (await reader is { } close)
            {
                await CloseAsync(session, close, responses, callCancelled);
            }
        }
        catch (OperationCanceledException)
            when (lifetime.ApplicationStopping.IsCancellationRequested && !callCancelled.IsCancellationRequested)
        {
            throw Fault.Draining();
        }
        catch (OperationCanceledException) when (corpusDeleted.IsCancellationRequested && !callCancelled.IsCancellationRequested)
        {
            throw Fault.CorpusNotFound(corpusName);
        }
        finally
        {
            if (opened is not null)
            {
                await opened.Corpus.CloseSessionAsync(opened.State.Id, opened.Owner);
            }
        }
    }

    private static async Task<IngestDocumentsRequest.Types.Close?> ReadAsync(
        IAsyncStreamReader<IngestDocumentsRequest> requests,
        ChunkQueue queue,
        CancellationToken cancellationToken)
    {
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                switch (requests.Current.PayloadCase)
                {
                    case IngestDocumentsRequest.PayloadOneofCase.Chunk:
                        await queue.AddAsync(requests.Current.Chunk, cancellationToken);
                        break;
                    case IngestDocumentsRequest.PayloadOneofCase.Close:
                        return requests.Current.Close;
                    default:
                        throw Fault.InvalidField("payload", "after the first message it must be chunk or close");
                }
            }

            return null;
        }
        finally
        {
            // Completed without the error: the chunks before it are still stored and acknowledged.
            queue.Complete();
        }
    }

    private async Task<IngestSessionHandle> OpenAsync(
        IAsyncStreamReader<IngestDocumentsRequest> requests,
        CancellationToken cancellationToken)
    {
        if (!await requests.MoveNext(cancellationToken) || requests.Current.PayloadCase != IngestDocumentsRequest.PayloadOneofCase.Open)
        {
            throw Fault.InvalidField("payload", "the first message must be open");
        }

        IngestDocumentsRequest.Types.Open open = requests.Current.Open;
        string sessionId = RequestNames.CheckSession(open.SessionId, "open.session_id");
        (CorpusRow row, Corpora.Corpus corpus) = corpora.Get(RequestNames.ParseCorpus(open.Corpus, "open.corpus"));
        (SessionState session, long owner) = await corpus.OpenSessionAsync(sessionId, cancellationToken);
        return new IngestSessionHandle(row, corpus, session, owner);
    }

    private async Task StoreAsync(
        IngestSessionHandle session,
        ChunkQueue queue,
        IServerStreamWriter<IngestDocumentsResponse> responses,
        CancellationToken cancellationToken)
    {
        while (await queue.TakeAsync(cancellationToken) is { } batch)
        {
            long bytes = batch.Sum(static chunk => chunk.ContentBytes);
            space.Require(bytes);
            await quota.RequireAsync(batch.Sum(static chunk => chunk.Count), bytes, cancellationToken);
            long started = clock.GetTimestamp();
            AppendResult result = await session.Corpus.AppendAsync(session.State.Id, session.Owner, batch, cancellationToken);
            queue.Stored();
            metrics.Committed(result, clock.GetElapsedTime(started));
            Corpora.Log.Committed(logger, session.Row.Id, session.State.Id, result);
            await responses.WriteAsync(new IngestDocumentsResponse { Ack = CorpusMapping.ToProto(result) }, cancellationToken);
        }
    }

    private static async Task CloseAsync(
        IngestSessionHandle session,
        IngestDocumentsRequest.Types.Close close,
        IServerStreamWriter<IngestDocumentsResponse> responses,
        CancellationToken cancellationToken)
    {
        SessionState state = await session.Corpus.GetSessionAsync(session.State.Id, cancellationToken);
        if (close.TotalDocuments > 0 && close.TotalDocuments != state.NextOffset)
        {
            throw Fault.OffsetGap(close.TotalDocuments, state.NextOffset);
        }

        IngestDocumentsResponse.Types.Closed closed = new()
        {
            Session = CorpusMapping.ToProto(session.Row.Id, state),
            Corpus = CorpusMapping.ToProto(session.Row, await session.Corpus.OpenAsync(cancellationToken)),
        };
        await responses.WriteAsync(new IngestDocumentsResponse { Closed = closed }, cancellationToken);
    }

    private IngestDocumentsResponse Opened(IngestSessionHandle session) => new()
    {
        Opened = new IngestDocumentsResponse.Types.Opened
        {
            Session = CorpusMapping.ToProto(session.Row.Id, session.State),
            MaxInFlightChunks = _options.MaxInFlightChunks,
            MaxChunkDocuments = _options.MaxChunkDocuments,
            MaxChunkBytes = _options.MaxChunkBytes,
        },
    };
}
