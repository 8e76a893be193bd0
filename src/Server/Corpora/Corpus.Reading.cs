using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <content>Reads of the documents; appends continue during a read.</content>
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

    /// <summary>Visits every document that is durable now, in the order of arrival, with one record of documents in memory.</summary>
    /// <param name="visit">Receives each document and its place; runs on a disk thread.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task VisitAsync(Action<Document, DocumentPlace> visit, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        await _threads.ReadAsync(
            () => Guard(() =>
            {
                DocumentFile.Read(_data.Files, _folder.Documents, _documents.DurableLength, (position, check, payload) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    IReadOnlyList<Document> documents = ChunkCodec.Decode(payload).Documents;
                    for (int index = 0; index < documents.Count; index++)
                    {
                        visit(documents[index], new DocumentPlace(position, check, index));
                    }
                });
                return true;
            }),
            cancellationToken);
    }

    /// <summary>Reads documents at known places. Reads each record once.</summary>
    /// <param name="places">Places, as <see cref="VisitAsync"/> gave them.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <returns>The documents, in the order of the places.</returns>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<IReadOnlyList<Document>> ReadAtAsync(IReadOnlyList<DocumentPlace> places, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken);
        return await _threads.ReadAsync(
            () => Guard(() =>
            {
                var documents = new Document[places.Count];
                foreach (IGrouping<long, int> record in Enumerable.Range(0, places.Count).GroupBy(at => places[at].Position))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    DocumentPlace first = places[record.First()];
                    byte[] payload = DocumentFile.ReadAt(
                        _data.Files, _folder.Documents, first.Position, first.Check, _documents.DurableLength);
                    IReadOnlyList<Document> content = ChunkCodec.Decode(payload).Documents;
                    foreach (int at in record)
                    {
                        documents[at] = content[places[at].Index];
                    }
                }

                return documents;
            }),
            cancellationToken);
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damage) when (damage is InvalidDataException
            or EndOfStreamException
            or FileNotFoundException
            or DirectoryNotFoundException)
        {
            RequireExisting();
            _documents.MarkDamaged(damage.Message);
            throw Fault.CorpusDamaged(ResourceNames.Corpus(Id), damage.Message, damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault.DocumentsUnavailable(ResourceNames.Corpus(Id), failure);
        }
    }
}
