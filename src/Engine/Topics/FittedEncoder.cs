using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Engine.Topics;

/// <summary>Words may be compared with documents only by the encoder that made the documents' vectors.</summary>
internal static class FittedEncoder
{
    /// <summary>Checks an encoder before it is used.</summary>
    /// <param name="embedder">The encoder given.</param>
    /// <param name="documents">The one that made the vectors of the documents.</param>
    /// <exception cref="ArgumentException">There is none, or it is another one.</exception>
    public static IEmbedder Check(IEmbedder? embedder, EmbedderInfo documents)
    {
        if (embedder is null)
        {
            throw new ArgumentException(
                $"Seed topics, zero-shot topics and representations need the encoder that made the vectors of the documents, {documents.Name}; none is given.", nameof(embedder));
        }

        return embedder.Info.Sha256 == documents.Sha256 && embedder.Info.Dimension == documents.Dimension
            ? embedder
            : throw new ArgumentException(
                $"The documents' vectors were made by encoder {documents.Name} ({documents.Sha256}); {embedder.Info.Name} ({embedder.Info.Sha256}) gives others.", nameof(embedder));
    }
}
