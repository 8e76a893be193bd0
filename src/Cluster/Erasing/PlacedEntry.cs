using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Erasing;

/// <summary>An entry of a log that contains erased documents.</summary>
/// <param name="Number">Number of the entry.</param>
/// <param name="Content">Its records.</param>
/// <param name="Erased">Erased documents as indexes into the documents of the records, ascending.</param>
/// <param name="Places">Number of documents in the records.</param>
internal sealed record PlacedEntry(long Number, StoredRecords Content, IReadOnlyList<int> Erased, int Places);
