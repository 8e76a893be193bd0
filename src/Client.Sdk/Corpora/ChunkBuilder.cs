using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// Builds chunks within the limits of client and server. Documents to send again come first. A chunk does not wait for a slow caller: it
/// contains the documents that are available.
/// </summary>
/// <param name="source">Source of the documents that are not taken yet.</param>
/// <param name="again">Documents to send again.</param>
/// <param name="maxDocuments">Highest number of documents in a message.</param>
/// <param name="fullBytes">Size in bytes at which a message is full. A larger document is sent alone.</param>
/// <param name="maxBytes">Largest message that the server accepts, in bytes.</param>
/// <param name="rejection">Creates the exception for a document that does not fit into a message.</param>
internal sealed class ChunkBuilder(
    DocumentSource source,
    IReadOnlyList<DocumentSource.Entry> again,
    int maxDocuments,
    long fullBytes,
    long maxBytes,
    Func<RejectedDocument, Exception> rejection)
{
    // Field tag, length and chunk header around a document.
    private const int Overhead = 16;

    private int _sentAgain;
    private DocumentSource.Entry? _carried;

    /// <summary>Returns the next chunk; null after the last document.</summary>
    public async Task<Wire.IngestDocumentsRequest.Types.Chunk?> NextAsync(CancellationToken cancellationToken)
    {
        if (await TakeAsync(cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        RejectOversized(first);
        Wire.IngestDocumentsRequest.Types.Chunk chunk = new() { Offset = first.Offset, Documents = { first.Document } };
        long bytes = first.Bytes + (2 * Overhead);
        while (chunk.Documents.Count < maxDocuments && IsReady && await TakeAsync(cancellationToken).ConfigureAwait(false) is { } next)
        {
            bytes += next.Bytes + Overhead;
            if (bytes > fullBytes)
            {
                _carried = next;
                break;
            }

            chunk.Documents.Add(next.Document);
        }

        return chunk;
    }

    private bool IsReady => _sentAgain < again.Count || source.IsReady;

    private ValueTask<DocumentSource.Entry?> TakeAsync(CancellationToken cancellationToken)
    {
        if (_carried is { } carried)
        {
            _carried = null;
            return ValueTask.FromResult<DocumentSource.Entry?>(carried);
        }

        return _sentAgain < again.Count
            ? ValueTask.FromResult<DocumentSource.Entry?>(again[_sentAgain++])
            : source.TakeAsync(cancellationToken);
    }

    private void RejectOversized(DocumentSource.Entry entry)
    {
        if (entry.Bytes + (2 * Overhead) > maxBytes)
        {
            throw rejection(new RejectedDocument(
                entry.Offset,
                entry.Document.Id,
                ErrorReasons.InputTooLarge,
                $"The document has {entry.Bytes} bytes; the limit of a message is {maxBytes - (2 * Overhead)}."));
        }
    }
}
