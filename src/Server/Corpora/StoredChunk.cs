using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>
/// One record of a document file: the documents that a chunk added and the state of its session after the chunk. One record holds both, so
/// that a crash cannot separate them.
/// </summary>
/// <param name="Session">State of the session after the chunk.</param>
/// <param name="Documents">Added documents; may be empty.</param>
internal sealed record StoredChunk(SessionState Session, IReadOnlyList<Document> Documents)
{
    /// <summary>Embeddings that the client gave with the documents, one row per document; null for none.</summary>
    public EmbeddingRows? Embeddings { get; init; }

    /// <summary>Returns the embedding of a document; empty for none.</summary>
    public ReadOnlySpan<float> EmbeddingOf(int index) => Embeddings is null ? [] : Embeddings.Row(index);

    /// <summary>Returns the chunk with some of its documents.</summary>
    /// <param name="kept">Indexes of the documents.</param>
    public StoredChunk Only(IReadOnlyList<int> kept) => this with
    {
        Documents = [.. kept.Select(index => Documents[index])],
        Embeddings = kept.Count == 0 ? null : Embeddings?.Only(kept),
    };
}
