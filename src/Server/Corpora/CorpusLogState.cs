namespace TopicGrpc.Server.Corpora;

/// <summary>The log of a corpus at one moment.</summary>
/// <param name="Id">Id of the log and of the document files that are its replicas, 32 hexadecimal digits.</param>
/// <param name="Entries">Number of entries.</param>
/// <param name="Totals">Documents of all entries.</param>
internal sealed record CorpusLogState(string Id, long Entries, DocumentTotals Totals);
