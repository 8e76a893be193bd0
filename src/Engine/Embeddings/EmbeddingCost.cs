namespace TopicGrpc.Engine.Embeddings;

/// <summary>Cost of embedding one text.</summary>
/// <param name="Tokens">Tokens passed to the encoder, including special tokens.</param>
/// <param name="Truncated">True if the text was truncated to the encoder's maximum length.</param>
/// <param name="Tokenization">Time of tokenization.</param>
/// <param name="Inference">Time of inference.</param>
public readonly record struct EmbeddingCost(int Tokens, bool Truncated, TimeSpan Tokenization, TimeSpan Inference)
{
    /// <summary>
    /// True if the vocabulary of the encoder has no part of the text, for example of a text of emoji. The embedding is then the same for
    /// all such texts and means nothing.
    /// </summary>
    public bool IsUnknown { get; init; }
}
