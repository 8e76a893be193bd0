using Grpc.Core;
using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Uploads;

/// <summary>
/// An upload as the messages of an ingest stream: open, chunks, close. A wrong document ends the stream after the chunks before it.
/// </summary>
internal abstract class UploadMessages(UploadStart start) : IAsyncStreamReader<IngestDocumentsRequest>
{
    private bool _isOpen;
    private bool _isClosed;
    private long _documents;

    /// <inheritdoc/>
    public IngestDocumentsRequest Current { get; private set; } = new();

    /// <summary>The error of the document behind the last chunk; null for none.</summary>
    protected ServiceException? Failure { get; set; }

    /// <inheritdoc/>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!_isOpen)
        {
            _isOpen = true;
            Current = new IngestDocumentsRequest
            {
                Open = new IngestDocumentsRequest.Types.Open { Corpus = start.Corpus, SessionId = start.SessionId },
            };
            return true;
        }

        IngestDocumentsRequest.Types.Chunk chunk = new() { Offset = start.Offset + _documents };
        await FillAsync(chunk, cancellationToken);
        _documents += chunk.Documents.Count;
        if (chunk.Documents.Count > 0)
        {
            Current = new IngestDocumentsRequest { Chunk = chunk };
            return true;
        }

        if (Failure is not null)
        {
            // The chunks before the wrong document have been stored.
            throw Failure;
        }

        if (_isClosed)
        {
            return false;
        }

        _isClosed = true;
        Current = new IngestDocumentsRequest
        {
            Close = new IngestDocumentsRequest.Types.Close { TotalDocuments = start.Offset + _documents },
        };
        return true;
    }

    /// <summary>Adds the next documents to an empty chunk; none at the end of the upload and before a wrong document.</summary>
    protected abstract Task FillAsync(IngestDocumentsRequest.Types.Chunk chunk, CancellationToken cancellationToken);
}
