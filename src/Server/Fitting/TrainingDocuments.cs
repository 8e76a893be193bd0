using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.Shared;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>The documents that a version was fitted on: they live in the corpus, or in those of a merged version, not in the version.</summary>
internal sealed class TrainingDocuments(CorpusStore corpora, FitStore fits)
{
    /// <summary>Reads them, in the order of the version's rows.</summary>
    /// <exception cref="ServiceException">A corpus is gone, or no longer holds one of them.</exception>
    public async Task<IReadOnlyList<Document>> ReadAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        Dictionary<string, Document> byId = new(StringComparer.Ordinal);
        foreach ((string corpus, string prefix) in Sources(version))
        {
            foreach (Document document in await Open(version, corpus).ReadAllAsync(cancellationToken))
            {
                string id = prefix + document.Id;
                byId.Add(id, document with { Id = id });
            }
        }

        IReadOnlyList<string> ids = version.Content.DocumentIds;
        var documents = new Document[ids.Count];
        for (int row = 0; row < documents.Length; row++)
        {
            documents[row] = byId.GetValueOrDefault(ids[row])
                ?? throw Fault.NotAvailable($"The document '{ids[row]}' that {Name(version)} was fitted on is no longer stored.");
        }

        return documents;
    }

    /// <summary>Reads those of one version or more where all are still there.</summary>
    /// <returns>The documents; null where a corpus is gone, lacks one of them, or never was.</returns>
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

    /// <summary>Checks that the corpora of a version are there.</summary>
    /// <exception cref="ServiceException">One is gone, or the version came without documents.</exception>
    public void Require(VersionHandle version)
    {
        foreach ((string corpus, string _) in Sources(version))
        {
            Open(version, corpus);
        }
    }

    /// <summary>Id of the corpus that a version was fitted on.</summary>
    /// <returns>Empty for one that was imported or merged.</returns>
    public string CorpusOf(VersionHandle version) =>
        version.FitId is { } fit ? fits.Get(fit).CorpusId : string.Empty;

    private IReadOnlyList<(string Corpus, string Prefix)> Sources(VersionHandle version)
    {
        if (CorpusOf(version) is { Length: > 0 } corpus)
        {
            return [(corpus, string.Empty)];
        }

        IReadOnlyCollection<string> merged = QualifiedIds.Corpora(version)
            ?? throw Fault.NotAvailable($"The documents that {Name(version)} was fitted on are needed, but it was imported, or merged with one that was, and came without them.");
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
            throw Fault.NotAvailable($"The documents that {Name(version)} was fitted on are needed, but '{ResourceNames.Corpus(corpus)}' was deleted.");
        }
    }

    private static string Name(VersionHandle version) => $"'{ResourceNames.Version(version.Model, version.Number)}'";
}
