using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>Reads the documents that a version was fitted on. They are in the corpus, or in the corpora of a merged version.</summary>
internal sealed class TrainingDocuments(CorpusStore corpora, FitStore fits)
{
    private static readonly Document Erased = new(string.Empty, string.Empty);

    /// <summary>
    /// Reads the documents of one version, in the order of its rows. An erased document has an empty text, no time and no attribute.
    /// </summary>
    /// <exception cref="ServiceException">A corpus was deleted, or no longer holds one of them.</exception>
    public async Task<IReadOnlyList<Document>> ReadAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        Dictionary<string, Document> byId = new(StringComparer.Ordinal);
        foreach ((string corpus, string prefix) in await SourcesAsync(version, cancellationToken))
        {
            foreach (Document document in await Open(version, corpus).ReadAllAsync(cancellationToken))
            {
                string id = prefix + document.Id;
                byId.Add(id, document with { Id = id });
            }
        }

        TopicModel model = version.Content;
        IReadOnlyList<string> ids = model.DocumentIds;
        var documents = new Document[ids.Count];
        foreach (int row in model.ErasedRows)
        {
            documents[row] = new Document(ids[row], string.Empty);
        }

        for (int row = 0; row < documents.Length; row++)
        {
            documents[row] ??= byId.GetValueOrDefault(ids[row])
                ?? throw Missing(version, row);
        }

        return documents;
    }

    /// <summary>
    /// Visits the documents of one version in the order in which they are stored, with a few of them in memory. Erased documents are not
    /// visited.
    /// </summary>
    /// <param name="version">The version.</param>
    /// <param name="visit">Receives each document once.</param>
    /// <param name="cancellationToken">Stops the visit.</param>
    /// <exception cref="ServiceException">A corpus was deleted, or no longer holds one of the documents.</exception>
    public async Task VisitAsync(VersionHandle version, Action<TrainingDocument> visit, CancellationToken cancellationToken)
    {
        TopicModel model = version.Content;
        IReadOnlyList<string> ids = model.DocumentIds;
        Dictionary<string, int> rows = new(ids.Count, StringComparer.Ordinal);
        for (int row = 0; row < ids.Count; row++)
        {
            rows.Add(ids[row], row);
        }

        foreach (int row in model.ErasedRows)
        {
            rows.Remove(ids[row]);
        }

        IReadOnlyList<(string Corpus, string Prefix)> sources = await SourcesAsync(version, cancellationToken);
        for (int source = 0; source < sources.Count; source++)
        {
            (int index, string prefix) = (source, sources[source].Prefix);
            await Open(version, sources[source].Corpus).VisitAsync(
                (document, place) =>
                {
                    string id = prefix + document.Id;
                    if (rows.Remove(id, out int row))
                    {
                        visit(new TrainingDocument(row, document with { Id = id }, new TrainingPlace(index, place)));
                    }
                },
                cancellationToken);
        }

        if (rows.Count > 0)
        {
            throw Missing(version, rows.Values.Min());
        }
    }

    /// <summary>Returns what the places of a visit depend on: the document files, which an erasure replaces.</summary>
    /// <exception cref="ServiceException">A corpus was deleted or is damaged.</exception>
    public async Task<string> FilesAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        List<string> files = [];
        foreach ((string corpus, string _) in await SourcesAsync(version, cancellationToken))
        {
            Corpora.Corpus source = Open(version, corpus);
            await source.OpenAsync(cancellationToken);
            files.Add(source.FileId);
        }

        return string.Join(' ', files);
    }

    /// <summary>
    /// Reads documents of one version at places of a visit, in the order of the places. An erased document, which has no place, is empty.
    /// </summary>
    /// <exception cref="ServiceException">A corpus was deleted, or an erasure has replaced its file since the visit.</exception>
    public async Task<IReadOnlyList<Document>> ReadAtAsync(
        VersionHandle version, IReadOnlyList<TrainingPlace> places, CancellationToken cancellationToken)
    {
        IReadOnlyList<(string Corpus, string Prefix)> sources = await SourcesAsync(version, cancellationToken);
        var documents = new Document[places.Count];
        Array.Fill(documents, Erased);
        foreach (IGrouping<int, int> source in Enumerable.Range(0, places.Count)
            .Where(at => places[at].Place.FileId is not null)
            .GroupBy(at => places[at].Source))
        {
            int[] own = [.. source];
            (string corpus, string prefix) = sources[source.Key];
            IReadOnlyList<Document> read = await Open(version, corpus).ReadAtAsync(
                [.. own.Select(at => places[at].Place)], cancellationToken);
            for (int i = 0; i < own.Length; i++)
            {
                documents[own[i]] = read[i] with { Id = prefix + read[i].Id };
            }
        }

        return documents;
    }

    /// <summary>Reads the documents of one or more versions, if all still exist.</summary>
    /// <returns>The documents; null if one is missing, or a version came without documents.</returns>
    public async Task<IReadOnlyList<Document>?> TryReadAsync(IReadOnlyList<VersionHandle> versions, CancellationToken cancellationToken)
    {
        try
        {
            List<Document> documents = [];
            foreach (VersionHandle version in versions)
            {
                documents.AddRange(await ReadAsync(version, cancellationToken));
            }

            return documents;
        }
        catch (ServiceException gone) when (gone.Reason == ErrorReasons.NotAvailable)
        {
            return null;
        }
    }

    /// <summary>Checks that the corpora of a version exist.</summary>
    /// <exception cref="ServiceException">One was deleted, or the version came without documents.</exception>
    public async Task RequireAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        foreach ((string corpus, string _) in await SourcesAsync(version, cancellationToken))
        {
            Open(version, corpus);
        }
    }

    /// <summary>Finds the corpus that a version was fitted on.</summary>
    /// <returns>
    /// Its id; empty for an imported or merged version, and for a version whose fit is no longer stored (<c>Fits:MaxStored</c>).
    /// </returns>
    public async Task<string> CorpusOfAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        if (version.FitId is not { } fit)
        {
            return string.Empty;
        }

        try
        {
            return (await fits.GetAsync(fit, cancellationToken)).CorpusId;
        }
        catch (ServiceException deleted) when (deleted.Reason == ErrorReasons.FitNotFound)
        {
            return string.Empty;
        }
    }

    private async Task<IReadOnlyList<(string Corpus, string Prefix)>> SourcesAsync(
        VersionHandle version,
        CancellationToken cancellationToken)
    {
        if (await CorpusOfAsync(version, cancellationToken) is { Length: > 0 } corpus)
        {
            return [(corpus, string.Empty)];
        }

        IReadOnlyCollection<string> merged = QualifiedIds.Corpora(version)
            ?? throw Fault.NotAvailable(
                $"The operation needs the documents of {Name(version)}. "
                + (version.FitId is null
                    ? "It was imported, or merged with an imported one, without documents."
                    : "Its corpus is not known, because its fit is no longer stored (Fits:MaxStored)."));
        return [.. merged.Select(static corpus => (corpus, QualifiedIds.Prefix(corpus)))];
    }

    private Corpora.Corpus Open(VersionHandle version, string corpus)
    {
        try
        {
            return corpora.Get(corpus).Corpus;
        }
        catch (ServiceException missing) when (missing.Code == Grpc.Core.StatusCode.NotFound)
        {
            throw Fault.NotAvailable(
                $"The operation needs the documents of {Name(version)}. Their corpus '{ResourceNames.Corpus(corpus)}' was deleted.");
        }
    }

    // Without the id: the errors of fits are stored.
    private static ServiceException Missing(VersionHandle version, int row) => Fault.NotAvailable(
        FormattableString.Invariant($"The document in row {row} that {Name(version)} was fitted on is no longer stored."));

    private static string Name(VersionHandle version) => $"'{version.Name}'";
}
