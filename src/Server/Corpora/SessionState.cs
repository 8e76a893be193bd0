namespace TopicGrpc.Server.Corpora;

/// <summary>Progress of an ingest session.</summary>
/// <param name="Id">Id that the client chose.</param>
/// <param name="NextOffset">Number of documents processed.</param>
/// <param name="Rejected">Number of documents rejected.</param>
/// <param name="Duplicates">Number of documents that the corpus had already.</param>
internal sealed record SessionState(string Id, long NextOffset, long Rejected, long Duplicates);
