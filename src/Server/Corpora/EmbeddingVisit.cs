using TopicGrpc.Engine.Documents;

namespace TopicGrpc.Server.Corpora;

/// <summary>Receives a document and the embedding that the client gave with it.</summary>
/// <param name="document">The document.</param>
/// <param name="embedding">The embedding, valid during the call; empty for none.</param>
internal delegate void EmbeddingVisit(Document document, ReadOnlySpan<float> embedding);
