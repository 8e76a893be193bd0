using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>Documents of one chunk that a client sent.</summary>
/// <param name="Offset">Index of the first document in the session.</param>
/// <param name="Documents">The documents.</param>
/// <param name="Faults">Limits that documents break, by index in the chunk.</param>
internal sealed record IncomingChunk(
    long Offset,
    IReadOnlyList<Document> Documents,
    IReadOnlyDictionary<int, ServiceException> Faults);
