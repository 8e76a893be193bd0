using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <content>Reads of the documents; appends continue during a read. No read returns an erased document.</content>
internal sealed partial class Corpus
{
    /// <summary>Reads every document that is durable now, in the order of arrival.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<List<Document>> ReadAllAsync(CancellationToken cancellationToken)
    {
        List<Document> documents = [];
        await VisitAsync((document, _) => documents.Add(document), cancellationToken);
        return documents;
    }

    /// <summary>Returns which of several ids are those of documents of the corpus now.</summary>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<bool[]> ContainAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        await CatchUpAsync(cancellationToken);
        return await _writer.RunAsync(
            () =>
            {
                RequireExisting();
                _documents.EnsureOpen();
                return ids.Select(_documents.Content.Hashes.ContainsKey).ToArray();
            },
            cancellationToken);
    }

    /// <summary>Visits every document that is durable now; see <see cref="DocumentReader"/>.</summary>
    /// <param name="visit">Receives each document and its place; runs on a disk thread.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task VisitAsync(Action<Document, DocumentPlace> visit, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await _reader.VisitAsync(visit, cancellationToken);
    }

    /// <summary>Visits every document that is durable now with its given embedding; see <see cref="DocumentReader"/>.</summary>
    /// <param name="visit">Receives each document; runs on a disk thread.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task VisitEmbeddingsAsync(EmbeddingVisit visit, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await _reader.VisitEmbeddingsAsync(visit, cancellationToken);
    }

    /// <summary>Reads documents at known places. Reads each record once.</summary>
    /// <param name="places">Places, as <see cref="VisitAsync"/> gave them.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <returns>The documents, in the order of the places.</returns>
    /// <exception cref="ServiceException">The documents are damaged, the disk fails, or an erasure has replaced the file.</exception>
    public async Task<IReadOnlyList<Document>> ReadAtAsync(IReadOnlyList<DocumentPlace> places, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return await _reader.ReadAtAsync(places, cancellationToken);
    }
}
