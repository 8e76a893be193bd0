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
    IReadOnlyDictionary<int, ServiceException> Faults)
{
    /// <summary>Embeddings of the documents, of length 1; null for a document without one. Empty if no document has one.</summary>
    public IReadOnlyList<float[]?> Embeddings { get; init; } = [];

    /// <summary>Bytes of the texts and embeddings, as characters and single-precision numbers.</summary>
    public long ContentBytes =>
        Documents.Sum(static document => (long)document.Text.Length)
        + Embeddings.Sum(static embedding => (long)(embedding?.Length ?? 0) * sizeof(float));

    /// <summary>Returns the embedding of a document; null for none.</summary>
    public float[]? EmbeddingOf(int index) => Embeddings.Count == 0 ? null : Embeddings[index];
}
