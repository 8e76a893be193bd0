using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// One record of a document file: the documents that a chunk added and the state of its session after the chunk. One record holds both, so
/// that a crash cannot separate them.
/// </summary>
/// <param name="Session">State of the session after the chunk.</param>
/// <param name="Documents">Added documents; may be empty.</param>
internal sealed record StoredChunk(SessionState Session, IReadOnlyList<Document> Documents);
