namespace TopicGrpc.Engine.Embeddings;

/// <summary>Maps texts to vectors of unit length. Implementations are thread-safe; their owner disposes them.</summary>
public interface IEmbedder
{
    /// <summary>Identity of the loaded encoder.</summary>
    EmbedderInfo Info { get; }

    /// <summary>ISO 639-1 codes of the languages that the encoder covers. Empty, the default: unknown.</summary>
    IReadOnlyCollection<string> Languages => [];

    /// <summary>Embeds one text. The vector depends on the text alone.</summary>
    /// <param name="text">Text; truncated to <see cref="EmbedderInfo.MaxTokens"/> tokens.</param>
    /// <param name="destination">Receives the vector: <see cref="EmbedderInfo.Dimension"/> values of unit length.</param>
    /// <param name="cancellationToken">Cancels the call before inference; a running inference completes.</param>
    /// <returns>Cost of the call.</returns>
    EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken);
}
