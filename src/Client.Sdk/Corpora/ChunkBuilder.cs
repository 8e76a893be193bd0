using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Corpora;

/// <summary>
/// Puts documents together into messages within the limits of client and server. Documents sent again come first; a slow caller does not
/// hold back what is there.
/// </summary>
/// <param name="source">Documents not taken yet.</param>
/// <param name="again">Documents to send again.</param>
/// <param name="maxDocuments">Documents of a message.</param>
/// <param name="fullBytes">Bytes from which a message is full. A longer document goes alone.</param>
/// <param name="maxBytes">Bytes that the server takes in one message.</param>
/// <param name="refusal">What is thrown for a document that fits into no message.</param>
internal sealed class ChunkBuilder(
    DocumentSource source,
    IReadOnlyList<DocumentSource.Entry> again,
    int maxDocuments,
    long fullBytes,
    long maxBytes,
    Func<RejectedDocument, Exception> refusal)
{
    // Field tag, length and chunk header around a document.
    private const int Overhead = 16;

    private int _sentAgain;
    private DocumentSource.Entry? _carried;

    /// <summary>The next chunk; null behind the last document.</summary>
    public async Task<Wire.IngestDocumentsRequest.Types.Chunk?> NextAsync(CancellationToken cancellationToken)
    {
        if (await TakeAsync(cancellationToken).ConfigureAwait(false) is not { } first)
        {
            return null;
        }

        RefuseOversized(first);
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

    private void RefuseOversized(DocumentSource.Entry entry)
    {
        if (entry.Bytes + (2 * Overhead) > maxBytes)
        {
            throw refusal(new RejectedDocument(
                entry.Offset,
                entry.Document.Id,
                ErrorReasons.InputTooLarge,
                $"The document has {entry.Bytes} bytes; a message takes {maxBytes - (2 * Overhead)}."));
        }
    }
}
