namespace TopicGrpc.Server.Corpora;

/// <summary>What became of some chunks; all of it is durable.</summary>
/// <param name="NextOffset">Documents of the session dealt with.</param>
/// <param name="Accepted">Documents stored.</param>
/// <param name="Duplicates">Documents that were there already.</param>
/// <param name="Rejections">Documents refused.</param>
internal sealed record AppendResult(long NextOffset, int Accepted, int Duplicates, IReadOnlyList<DocumentRejection> Rejections);
