using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Mapping;
using TopicGrpc.Server.Models;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>The documents that a version was fitted on: they live in the corpus, not in the version.</summary>
internal sealed class TrainingDocuments(CorpusStore corpora, FitStore fits)
{
    /// <summary>Reads them, in the order of the version's rows.</summary>
    /// <exception cref="ServiceException">The corpus is gone, or no longer holds one of them.</exception>
    public async Task<IReadOnlyList<Document>> ReadAsync(VersionHandle version, CancellationToken cancellationToken)
    {
        string name = CorpusOf(version);
        List<Document> stored = await corpora.Get(ResourceNames.ParseCorpus(name, "corpus")).Corpus.ReadAllAsync(cancellationToken);
        var byId = stored.ToDictionary(static document => document.Id, StringComparer.Ordinal);
        IReadOnlyList<string> ids = version.Content.DocumentIds;
        var documents = new Document[ids.Count];
        for (int row = 0; row < documents.Length; row++)
        {
            documents[row] = byId.GetValueOrDefault(ids[row])
                ?? throw Fault.NotAvailable($"'{name}' no longer holds all documents that {Name(version)} was fitted on.");
        }

        return documents;
    }

    /// <summary>Name of the corpus, which exists.</summary>
    /// <exception cref="ServiceException">It is gone, or the version came without one.</exception>
    public string CorpusOf(VersionHandle version)
    {
        string name = version.FitId is { } fit && fits.Get(fit).Corpus is { Length: > 0 } corpus
            ? corpus
            : throw Fault.NotAvailable($"{Name(version)} came without its documents.");
        try
        {
            corpora.Get(ResourceNames.ParseCorpus(name, "corpus"));
            return name;
        }
        catch (ServiceException missing) when (missing.Code == Grpc.Core.StatusCode.NotFound)
        {
            throw Fault.NotAvailable($"The documents that {Name(version)} was fitted on are needed, but '{name}' was deleted.");
        }
    }

    private static string Name(VersionHandle version) => $"'{ResourceNames.Version(version.Model, version.Number)}'";
}
