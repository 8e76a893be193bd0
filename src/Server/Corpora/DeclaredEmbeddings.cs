namespace TopicGrpc.Server.Corpora;

/// <summary>Given embeddings that were set at the creation of a corpus.</summary>
/// <param name="Dimension">Numbers of an embedding; 0 if the first document sets it.</param>
/// <param name="Encoder">Name of the encoder that makes them; empty if it is unknown.</param>
internal sealed record DeclaredEmbeddings(int Dimension, string Encoder)
{
    /// <summary>The source of the embeddings of an empty corpus.</summary>
    public EmbeddingSource Source => EmbeddingSource.Given(Dimension);
}
