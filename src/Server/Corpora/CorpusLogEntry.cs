namespace TopicGrpc.Server.Corpora;

/// <summary>An entry of the log of a corpus.</summary>
/// <param name="LogId">Id of the log.</param>
/// <param name="Number">Number of the entry, from 1.</param>
/// <param name="Totals">Documents of this entry and of all before it.</param>
/// <param name="Content">Where the records are and how they are verified.</param>
internal sealed record CorpusLogEntry(string LogId, long Number, DocumentTotals Totals, StoredRecords Content);
