using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>Documents that a client sent.</summary>
/// <param name="Offset">Index in the session of the first.</param>
/// <param name="Documents">The documents; not checked yet.</param>
internal sealed record IncomingChunk(long Offset, IReadOnlyList<Document> Documents);
