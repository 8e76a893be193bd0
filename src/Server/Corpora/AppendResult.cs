namespace TopicGrpc.Server.Corpora;

/// <summary>Durable result of some chunks.</summary>
/// <param name="NextOffset">Number of documents of the session that were processed.</param>
/// <param name="Accepted">Documents stored.</param>
/// <param name="Duplicates">Documents that the corpus had already.</param>
/// <param name="Rejections">Rejected documents.</param>
internal sealed record AppendResult(long NextOffset, int Accepted, int Duplicates, IReadOnlyList<DocumentRejection> Rejections);
