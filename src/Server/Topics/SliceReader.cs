using TopicGrpc.Engine.Topics.Queries;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Topics;

/// <summary>Reads the documents of a version and counts its topics in parts of them.</summary>
internal sealed class SliceReader(TrainingDocuments training)
{
    private const int MaxTimes = 1000;

    /// <returns>Topics at each point of time, and the number of documents without one.</returns>
    /// <exception cref="ServiceException">No document has a time, or too many distinct ones for no bins.</exception>
    public async Task<(IReadOnlyList<TimeSlice> Slices, int Undated)> OverTimeAsync(VersionHandle version, TimeSliceOptions options, CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
        Document[] dated = [.. documents.Where(static document => document.Time is not null)];
        if (dated.Length == 0)
        {
            throw Fault.NotAvailable("No document that the version was fitted on has a time.");
        }

        int distinct = dated.Select(static document => document.Time!.Value.UtcTicks).Distinct().Count();
        if (options.BinCount is null && distinct > MaxTimes)
        {
            throw Fault.InvalidField("bin_count", FormattableString.Invariant($"must be set: the documents have {distinct} distinct times, at most {MaxTimes} are listed one by one"));
        }

        return (version.Queries.Ask(queries => queries.OverTime(dated, options, cancellationToken)), documents.Count - dated.Length);
    }

    /// <returns>Topics in each class, and the number of documents without one.</returns>
    /// <exception cref="ServiceException">No document has the attribute.</exception>
    public async Task<(IReadOnlyList<ClassSlice> Slices, int Unclassified)> PerClassAsync(VersionHandle version, string attribute, bool globalTuning, CancellationToken cancellationToken)
    {
        IReadOnlyList<Document> documents = await training.ReadAsync(version, cancellationToken);
        Document[] classified = [.. documents.Where(document => document.Attributes?.ContainsKey(attribute) == true)];
        return classified.Length > 0
            ? (version.Queries.Ask(queries => queries.PerClass(classified, attribute, globalTuning, cancellationToken)), documents.Count - classified.Length)
            : throw Fault.NotAvailable($"No document that the version was fitted on has the attribute '{attribute}'.");
    }
}
