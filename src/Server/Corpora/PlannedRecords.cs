namespace TopicGrpc.Server.Corpora;

/// <summary>Records for the next entry of a log, computed from the entries before it.</summary>
/// <param name="CorpusId">Id of the corpus.</param>
/// <param name="LogId">Id of the log.</param>
/// <param name="Number">Number of the entry.</param>
/// <param name="Records">Payloads of the records; not empty, valid until the append has ended.</param>
/// <param name="Totals">Documents of the log afterwards.</param>
/// <param name="Owners">Owner by ingest session of the records.</param>
internal sealed record PlannedRecords(
    string CorpusId,
    string LogId,
    long Number,
    IReadOnlyList<ReadOnlyMemory<byte>> Records,
    DocumentTotals Totals,
    IReadOnlyDictionary<string, long> Owners);
