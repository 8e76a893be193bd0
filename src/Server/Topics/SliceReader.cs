using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Topics;

/// <summary>Reads the training documents of a version, or documents that it assigned, and counts its topics by time and by class.</summary>
internal sealed class SliceReader(TrainingDocuments training, CorpusStore corpora, AssignedListing assigned)
{
    private const int MaxTimes = 1000;

    /// <summary>Counts the topics by time.</summary>
    /// <returns>Topics of each time slice, and the number of documents without a time.</returns>
    /// <exception cref="ServiceException">
    /// No document has a time, or no number of bins is given and the documents have too many distinct times.
    /// </exception>
    public async Task<(IReadOnlyList<TimeSlice> Slices, int Undated)> OverTimeAsync(
        VersionHandle version,
        string corpus,
        TimeSliceOptions options,
        CancellationToken cancellationToken)
    {
        (IReadOnlyList<Document> documents, IReadOnlyDictionary<string, int>? topics) = await ReadAsync(version, corpus, cancellationToken);
        Document[] dated = [.. documents.Where(static document => document.Time is not null)];
        if (dated.Length == 0)
        {
            throw Fault.NotAvailable("No document has a time.");
        }

        int distinct = dated.Select(static document => document.Time!.Value.UtcTicks).Distinct().Count();
        if (options.BinCount is null && distinct > MaxTimes)
        {
            throw Fault.InvalidField(
                "bin_count",
                FormattableString.Invariant($"must be set: the documents have {distinct} distinct times, without bins at most {MaxTimes}"));
        }

        int undated = documents.Count - (topics is null ? version.Content.ErasedRows.Length : 0) - dated.Length;
        return (version.Queries.Ask(queries => queries.OverTime(dated, options, cancellationToken, topics)), undated);
    }

    /// <summary>Counts the topics by class.</summary>
    /// <returns>Topics of each class, and the number of documents without a class.</returns>
    /// <exception cref="ServiceException">No document has the attribute.</exception>
    public async Task<(IReadOnlyList<ClassSlice> Slices, int Unclassified)> PerClassAsync(
        VersionHandle version,
        string corpus,
        string attribute,
        bool globalTuning,
        CancellationToken cancellationToken)
    {
        (IReadOnlyList<Document> documents, IReadOnlyDictionary<string, int>? topics) = await ReadAsync(version, corpus, cancellationToken);
        Document[] classified = [.. documents.Where(document => document.Attributes?.ContainsKey(attribute) == true)];
        return classified.Length > 0
            ? (Ask(classified), documents.Count - (topics is null ? version.Content.ErasedRows.Length : 0) - classified.Length)
            : throw Fault.NotAvailable($"No document has the attribute '{attribute}'.");

        IReadOnlyList<ClassSlice> Ask(Document[] classified) =>
            version.Queries.Ask(queries => queries.PerClass(classified, attribute, globalTuning, cancellationToken, topics));
    }

    /// <summary>
    /// Reads the training documents or, if a corpus is named, its documents with the topics that the version assigned.
    /// </summary>
    private async Task<(IReadOnlyList<Document> Documents, IReadOnlyDictionary<string, int>? Topics)> ReadAsync(
        VersionHandle version, string corpus, CancellationToken cancellationToken)
    {
        if (corpus.Length == 0)
        {
            return (await training.ReadAsync(version, cancellationToken), null);
        }

        Dictionary<string, int> topics = await assigned.ReadAllAsync(corpus, version, cancellationToken);
        List<Document> documents = await corpora.Get(RequestNames.ParseCorpus(corpus, "corpus")).Corpus.ReadAllAsync(cancellationToken);
        documents.RemoveAll(document => !topics.ContainsKey(document.Id));
        return (documents, topics);
    }
}
