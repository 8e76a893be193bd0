using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Topics;

/// <summary>Reads the training documents of a version and counts its topics by time and by class.</summary>
internal sealed class SliceReader(TrainingDocuments training)
{
    private const int MaxTimes = 1000;

    /// <summary>Counts the topics by time.</summary>
    /// <returns>Topics of each time slice, and the number of documents without a time.</returns>
    /// <exception cref="ServiceException">
    /// No document has a time, or no number of bins is given and the documents have too many distinct times.
    /// </exception>
    public async Task<(IReadOnlyList<TimeSlice> Slices, int Undated)> OverTimeAsync(
        VersionHandle version,
        TimeSliceOptions options,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
        Document[] dated = [.. documents.Where(static document => document.Time is not null)];
        if (dated.Length == 0)
        {
            throw Fault.NotAvailable("No training document of the version has a time.");
        }

        int distinct = dated.Select(static document => document.Time!.Value.UtcTicks).Distinct().Count();
        if (options.BinCount is null && distinct > MaxTimes)
        {
            throw Fault.InvalidField(
                "bin_count",
                FormattableString.Invariant($"must be set: the documents have {distinct} distinct times, without bins at most {MaxTimes}"));
        }

        int undated = documents.Count - version.Content.ErasedRows.Length - dated.Length;
        return (version.Queries.Ask(queries => queries.OverTime(dated, options, cancellationToken)), undated);
    }

    /// <summary>Counts the topics by class.</summary>
    /// <returns>Topics of each class, and the number of documents without a class.</returns>
    /// <exception cref="ServiceException">No document has the attribute.</exception>
    public async Task<(IReadOnlyList<ClassSlice> Slices, int Unclassified)> PerClassAsync(
        VersionHandle version,
        string attribute,
        bool globalTuning,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
        Document[] classified = [.. documents.Where(document => document.Attributes?.ContainsKey(attribute) == true)];
        return classified.Length > 0
            ? (Ask(classified), documents.Count - version.Content.ErasedRows.Length - classified.Length)
            : throw Fault.NotAvailable($"No training document of the version has the attribute '{attribute}'.");

        IReadOnlyList<ClassSlice> Ask(Document[] classified) =>
            version.Queries.Ask(queries => queries.PerClass(classified, attribute, globalTuning, cancellationToken));
    }
}
