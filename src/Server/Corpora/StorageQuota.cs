using TopicGrpc.Server.Access;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>Limits the documents and bytes in all corpora that a caller sees. Callers that see the same corpora share the room.</summary>
internal sealed class StorageQuota(CorpusStore corpora, ICorpusLog? log = null)
{
    private const int Page = 1000;

    /// <summary>Checks that the caller of the request may store documents. A document that the corpus already has counts too.</summary>
    /// <exception cref="ServiceException">The quota of the caller is reached.</exception>
    public async Task RequireAsync(int documents, long bytes, CancellationToken cancellationToken)
    {
        if (CallerScope.Current is not { } use || use.Quota.Limits is { Documents: 0, Bytes: 0 })
        {
            return;
        }

        long allDocuments = documents;
        long allBytes = bytes;
        if (log is not null)
        {
            // Other servers store documents too, so the local copies are not the measure.
            foreach ((string id, DocumentTotals totals) in await log.ReadTotalsAsync(cancellationToken))
            {
                if (use.Caller.Grant.Corpora.Matches(id))
                {
                    allDocuments += totals.Documents;
                    allBytes += totals.ContentBytes;
                }
            }

            use.Quota.RequireStorage(allDocuments, allBytes);
            return;
        }

        string after = string.Empty;
        IReadOnlyList<CorpusRow> rows;
        do
        {
            rows = corpora.List(after, Page);
            foreach (CorpusRow row in rows.Where(row => use.Caller.Grant.Corpora.Matches(row.Id)))
            {
                CorpusSummary stored = await corpora.Of(row).DescribeAsync(cancellationToken);
                allDocuments += stored.Documents;
                allBytes += stored.ContentBytes;
            }

            after = rows.Count > 0 ? rows[^1].Id : after;
        }
        while (rows.Count == Page);
        use.Quota.RequireStorage(allDocuments, allBytes);
    }
}
