using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Topics.Recognition;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// Reads the durable documents of one corpus on a thread for reads. Appends and erasures continue meanwhile: a read sees one
/// <see cref="DocumentView"/>, and starts again if the file of the view was replaced before it was opened.
/// </summary>
internal sealed class DocumentReader(
    string corpusId,
    string path,
    DataFolder data,
    CorpusDocuments documents,
    DiskThreads threads,
    DiskQueue writer,
    Action requireExisting)
{
    /// <summary>Visits every document of one view, in the order of arrival, with one record of documents in memory.</summary>
    /// <param name="visit">Receives each document and its place; runs on a disk thread.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public Task VisitAsync(Action<Document, DocumentPlace> visit, CancellationToken cancellationToken) =>
        VisitAsync(documents.View, (_, chunk, place) => visit(chunk.Documents[place.Index], place), cancellationToken);

    /// <summary>Visits every document of one view with the embedding that the client gave, in the order of arrival.</summary>
    /// <param name="visit">Receives each document; runs on a disk thread.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public Task VisitEmbeddingsAsync(EmbeddingVisit visit, CancellationToken cancellationToken) => VisitAsync(
        documents.View,
        (_, chunk, place) => visit(chunk.Documents[place.Index], chunk.EmbeddingOf(place.Index)),
        cancellationToken);

    /// <summary>Finds documents of one view.</summary>
    public async Task<FoundDocuments> FindAsync(Func<Document, bool> isWanted, CancellationToken cancellationToken)
    {
        List<FoundDocument> items = [];
        DocumentView view = await VisitAsync(
            documents.View,
            (number, chunk, place) =>
            {
                Document document = chunk.Documents[place.Index];
                if (isWanted(document))
                {
                    items.Add(Found(number, document));
                }
            },
            cancellationToken);
        return new FoundDocuments(view.FileId, items);
    }

    /// <summary>Finds erased documents of a file by their places.</summary>
    /// <returns>Null if the corpus has another file.</returns>
    public async Task<FoundDocuments?> FindErasedAsync(string fileId, IReadOnlySet<int> places, CancellationToken cancellationToken)
    {
        DocumentView all = documents.View with { Erased = DocumentView.None.Erased };
        if (all.FileId != fileId)
        {
            return null;
        }

        List<FoundDocument> items = [];
        DocumentView view = await VisitAsync(
            all,
            (number, chunk, place) =>
            {
                if (places.Contains(number))
                {
                    items.Add(Found(number, chunk.Documents[place.Index]));
                }
            },
            cancellationToken);
        return view.FileId == fileId ? new FoundDocuments(fileId, items) : null;
    }

    /// <summary>Reads documents at known places. Reads each record once.</summary>
    /// <param name="places">Places, as <see cref="VisitAsync(Action{Document, DocumentPlace}, CancellationToken)"/> gave them.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <returns>The documents, in the order of the places.</returns>
    /// <exception cref="ServiceException">
    /// The documents are damaged, the disk fails, or an erasure has replaced the file of the places (UNAVAILABLE).
    /// </exception>
    public async Task<IReadOnlyList<Document>> ReadAtAsync(IReadOnlyList<DocumentPlace> places, CancellationToken cancellationToken)
    {
        DocumentView view = documents.View;
        (IReadOnlyList<Document>? read, Exception? damage) = await threads.ReadAsync(
            () => Guard(() => ReadAt(places, view.Length, cancellationToken)), cancellationToken);
        if (read is not null)
        {
            return read;
        }

        view = await RefreshAsync(cancellationToken);
        throw places.All(place => place.FileId == view.FileId)
            ? documents.MarkDamaged(damage!)
            : Fault.DocumentsUnavailable(ResourceNames.Corpus(corpusId), damage!);
    }

    private static FoundDocument Found(int number, Document document) =>
        new(number, document.Id, TextFingerprint.Of(document.Text), Encoding.UTF8.GetByteCount(document.Text));

    private async Task<DocumentView> VisitAsync(
        DocumentView view, Action<int, StoredChunk, DocumentPlace> visit, CancellationToken cancellationToken)
    {
        while (true)
        {
            DocumentView read = view;
            bool hasBegun = false;
            (object? end, Exception? damage) = await threads.ReadAsync(
                () => Guard<object>(() =>
                {
                    Visit(read, visit, ref hasBegun, cancellationToken);
                    return read;
                }),
                cancellationToken);
            if (end is not null)
            {
                return read;
            }

            view = await RefreshAsync(cancellationToken);
            if (view.FileId == read.FileId || hasBegun)
            {
                throw documents.MarkDamaged(damage!);
            }
        }
    }

    private void Visit(
        DocumentView view, Action<int, StoredChunk, DocumentPlace> visit, ref bool hasBegun, CancellationToken cancellationToken)
    {
        int number = 0;
        bool begun = false;
        try
        {
            DocumentFile.Read(data.Files, path, view.FileId, view.Length, (position, check, payload) =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                begun = true;
                StoredChunk chunk = ChunkCodec.Decode(payload);
                for (int index = 0; index < chunk.Documents.Count; index++, number++)
                {
                    if (!view.Erased.Contains(number))
                    {
                        visit(number, chunk, new DocumentPlace(view.FileId, position, check, index));
                    }
                }
            });
        }
        finally
        {
            hasBegun = begun;
        }
    }

    private Document[] ReadAt(IReadOnlyList<DocumentPlace> places, long length, CancellationToken cancellationToken)
    {
        var read = new Document[places.Count];
        foreach (IGrouping<long, int> record in Enumerable.Range(0, places.Count).GroupBy(at => places[at].Position))
        {
            cancellationToken.ThrowIfCancellationRequested();
            IReadOnlyList<Document> content = ChunkCodec.Decode(
                DocumentFile.ReadAt(data.Files, path, places[record.First()], length)).Documents;
            foreach (int at in record)
            {
                read[at] = content[places[at].Index];
            }
        }

        return read;
    }

    /// <summary>Returns the view after all writes: the thread that replaces the file publishes the new view after it.</summary>
    private Task<DocumentView> RefreshAsync(CancellationToken cancellationToken) => writer.RunAsync(
        () =>
        {
            requireExisting();
            documents.EnsureTrusted();
            return documents.View;
        },
        cancellationToken);

    private (T? Result, Exception? Damage) Guard<T>(Func<T> read)
        where T : class
    {
        try
        {
            return (read(), null);
        }
        catch (Exception damage) when (damage is InvalidDataException
            or EndOfStreamException
            or FileNotFoundException
            or DirectoryNotFoundException)
        {
            return (null, damage);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Fault.DocumentsUnavailable(ResourceNames.Corpus(corpusId), failure);
        }
    }
}
