namespace TopicGrpc.Engine.Embeddings;

/// <summary>Turns texts into vectors of unit length. Implementations are safe for any number of callers at once and are disposed by their owner.</summary>
public interface IEmbedder
{
    /// <summary>What was loaded: name, hash, dimension.</summary>
    EmbedderInfo Info { get; }

    /// <summary>Embeds one text. The answer depends on the text alone.</summary>
    /// <param name="text">The text; cut at <see cref="EmbedderInfo.MaxTokens"/> tokens.</param>
    /// <param name="destination">Receives <see cref="EmbedderInfo.Dimension"/> values of unit length.</param>
    /// <param name="cancellationToken">Stops before the encoder is run.</param>
    /// <returns>What the text cost.</returns>
    EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken);
}
