namespace TopicGrpc.Server.Corpora;

/// <summary>An erasure for the next entry of a log, computed from the entries before it.</summary>
/// <param name="LogId">Id of the log; the places of the documents refer to its records.</param>
/// <param name="Number">Number of the entry.</param>
/// <param name="Documents">Number of documents that the erasure hides.</param>
/// <param name="Totals">Documents of the log afterwards.</param>
internal sealed record PlannedErasure(string LogId, long Number, int Documents, DocumentTotals Totals);
