using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Erasing;

/// <summary>Removes the documents of erasures from the files of their corpus.</summary>
internal sealed class CorpusErasure(
    CorpusStore corpora,
    EmbeddingCache cache,
    IEmbeddingPlacement placement,
    IAssignmentStore assignments,
    DataFolder folder,
    ISharedErasure? shared = null)
{
    /// <summary>Replaces the assignments, the document file, then the cached embeddings and the record of quarantined texts.</summary>
    /// <returns>False if further documents were erased meanwhile; nothing was changed.</returns>
    /// <exception cref="ServiceException">The documents are damaged, or the disk fails.</exception>
    public async Task<bool> RunAsync(IReadOnlyList<RunningErasure> erasures, CancellationToken cancellationToken)
    {
        string id = erasures[0].Row.Corpus;
        Corpora.Corpus corpus;
        try
        {
            corpus = corpora.Get(id).Corpus;
        }
        catch (ServiceException gone) when (gone.Code == Grpc.Core.StatusCode.NotFound)
        {
            // The corpus was deleted with its files.
            return true;
        }

        // Places of another file were removed by a compaction that ended before the erasure could be recorded as ended.
        await corpus.OpenAsync(cancellationToken);
        string fileId = corpus.FileId;
        HashSet<int> places = [.. erasures.Where(erasure => erasure.Row.FileId == fileId).SelectMany(static erasure => erasure.Row.Places)];

        // Before the documents, whose ids are in use again as soon as a client sends them: a new document has no topic yet.
        await assignments.RemoveDocumentsAsync(
            id,
            erasures.SelectMany(static erasure => erasure.Documents?.Keys ?? []).ToHashSet(StringComparer.Ordinal),
            cancellationToken);
        if (places.Count > 0 && !await (shared is null
            ? corpus.CompactAsync(places, cancellationToken)
            : shared.RewriteAsync(id, fileId, places, cancellationToken)))
        {
            return false;
        }

        // In a cluster, each member removes the documents from its own caches, this one too.
        HashSet<UInt128> kept = shared is null
            ? await RemoveFromCachesAsync(id, corpus, cancellationToken)
            : await KeysAsync(corpus, cancellationToken);
        await placement.ForgetAsync(id, kept, cancellationToken);
        if (shared is not null)
        {
            await shared.CompleteAsync(id, cancellationToken);
        }

        return true;
    }

    /// <summary>
    /// Removes documents from the files of this member, after the records of their log were replaced. A member without files of the corpus
    /// does nothing.
    /// </summary>
    /// <param name="id">Id of the corpus.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <exception cref="ServiceException">The documents are damaged, or database, store or disk fail.</exception>
    public async Task RemoveLocalAsync(string id, CancellationToken cancellationToken)
    {
        if (corpora.HasFiles(id))
        {
            await RemoveFromCachesAsync(id, corpora.Get(id).Corpus, cancellationToken);
        }
    }

    private static async Task<HashSet<UInt128>> KeysAsync(Corpora.Corpus corpus, CancellationToken cancellationToken)
    {
        HashSet<UInt128> keys = [];
        await corpus.VisitAsync((document, _) => keys.Add(EmbeddingCache.KeyOf(document.Text)), cancellationToken);
        return keys;
    }

    /// <returns>Keys of the texts that the corpus has.</returns>
    private async Task<HashSet<UInt128>> RemoveFromCachesAsync(string id, Corpora.Corpus corpus, CancellationToken cancellationToken)
    {
        HashSet<UInt128> kept = await KeysAsync(corpus, cancellationToken);
        cache.Compact(id, kept, cancellationToken);
        CrashFile crashes = new(folder, id);
        CrashRecord record = crashes.Read();
        HashSet<string> keys = [.. kept.Select(CrashedTexts.TextKey)];
        if (!record.Texts.All(text => keys.Contains(text.TextKey)))
        {
            crashes.Write(record with { Texts = [.. record.Texts.Where(text => keys.Contains(text.TextKey))] });
        }

        corpora.CompleteErasure(id);
        return kept;
    }
}
