using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// What one record of a document file says: the documents that a chunk added, and where its session stood afterwards.
/// Both in one record, so that a crash cannot separate them.
/// </summary>
/// <param name="Session">The session after the chunk.</param>
/// <param name="Documents">Documents added; may be none.</param>
internal sealed record StoredChunk(SessionState Session, IReadOnlyList<Document> Documents);
