using Grpc.Core;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// One connection of an upload. A broken connection throws an <see cref="RpcException"/>. Every other exception comes from the caller's
/// documents.
/// </summary>
internal sealed class IngestConnection : IDisposable
{
    private readonly CancellationTokenSource _stop;
    private readonly AsyncDuplexStreamingCall<Wire.IngestDocumentsRequest, Wire.IngestDocumentsResponse> _call;

    public IngestConnection(Wire.CorpusService.CorpusServiceClient stub, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _call = stub.IngestDocuments(cancellationToken: _stop.Token);
    }

    /// <summary>Canceled when the connection stops.</summary>
    public CancellationToken Stopped => _stop.Token;

    public Task StopAsync() => _stop.CancelAsync();

    public void Dispose()
    {
        _call.Dispose();
        _stop.Dispose();
    }

    public async Task<Wire.IngestDocumentsResponse.Types.Opened> OpenAsync(string corpus, string sessionId)
    {
        try
        {
            await WriteAsync(
                new Wire.IngestDocumentsRequest { Open = new() { Corpus = corpus, SessionId = sessionId } }).ConfigureAwait(false);
        }
        catch (RpcException)
        {
            // The server has already rejected the call. The reader gets the reason.
        }

        Wire.IngestDocumentsResponse response = await ReadAsync().ConfigureAwait(false);
        return response.Opened ?? throw Unexpected(response.EventCase);
    }

    /// <summary>Sends all chunks within the window, then closes the session.</summary>
    public async Task SendAsync(ChunkBuilder chunks, ChunkWindow window, DocumentSource source)
    {
        while (await chunks.NextAsync(Stopped).ConfigureAwait(false) is { } chunk)
        {
            await window.EnterAsync(chunk.Offset + chunk.Documents.Count, Stopped).ConfigureAwait(false);
            await WriteAsync(new Wire.IngestDocumentsRequest { Chunk = chunk }).ConfigureAwait(false);
        }

        await WriteAsync(new Wire.IngestDocumentsRequest { Close = new() { TotalDocuments = source.Taken } }).ConfigureAwait(false);
        try
        {
            await _call.RequestStream.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception failure) when (IsBroken(failure))
        {
            throw Broken("The end of the stream could not be written.", failure);
        }
    }

    /// <summary>Passes acknowledgments to the caller until the server closes the session.</summary>
    public async Task<Wire.IngestSession> ReceiveAsync(Action<Wire.IngestDocumentsResponse.Types.Ack> acknowledged)
    {
        while (true)
        {
            Wire.IngestDocumentsResponse response = await ReadAsync().ConfigureAwait(false);
            switch (response.EventCase)
            {
                case Wire.IngestDocumentsResponse.EventOneofCase.Ack:
                    acknowledged(response.Ack);
                    break;
                case Wire.IngestDocumentsResponse.EventOneofCase.Closed:
                    return response.Closed.Session;
                default:
                    throw Unexpected(response.EventCase);
            }
        }
    }

    private async Task WriteAsync(Wire.IngestDocumentsRequest message)
    {
        try
        {
            await _call.RequestStream.WriteAsync(message, Stopped).ConfigureAwait(false);
        }
        catch (Exception failure) when (IsBroken(failure))
        {
            throw Broken("A message could not be written.", failure);
        }
    }

    private async Task<Wire.IngestDocumentsResponse> ReadAsync()
    {
        try
        {
            if (await _call.ResponseStream.MoveNext(Stopped).ConfigureAwait(false))
            {
                return _call.ResponseStream.Current;
            }
        }
        catch (Exception failure) when (IsBroken(failure))
        {
            throw Broken("A message could not be read.", failure);
        }

        throw new RpcException(new Status(StatusCode.Unavailable, "The server ended the stream before the upload was complete."));
    }

    // On a broken connection, the gRPC writer throws the exception of the socket or InvalidOperationException instead of a status.
    private bool IsBroken(Exception failure) =>
        failure is IOException or InvalidOperationException || (failure is OperationCanceledException && !Stopped.IsCancellationRequested);

    private static RpcException Broken(string what, Exception failure) => new(new Status(StatusCode.Unavailable, what, failure));

    private static RpcException Unexpected(Wire.IngestDocumentsResponse.EventOneofCase message) =>
        new(new Status(StatusCode.Internal, $"The server sent an unexpected message '{message}' on the ingest stream."));
}
