namespace TopicGrpc.Server.Corpora;

/// <summary>The log of a corpus at one moment.</summary>
/// <param name="Id">Id of the log and of the document files that are its replicas (<see cref="LogIds"/>).</param>
/// <param name="Entries">Number of entries.</param>
/// <param name="Totals">Documents of all entries, without erased ones.</param>
internal sealed record CorpusLogState(string Id, long Entries, DocumentTotals Totals)
{
    /// <summary>
    /// Number of erased documents that are still in the records of this id. They only become more, so the number identifies them.
    /// </summary>
    public long Erased { get; init; }

    /// <summary>Number of documents that were removed from the records when the log got this id; 0 for its first id.</summary>
    public long Removed { get; init; }
}
