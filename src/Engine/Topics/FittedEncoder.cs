using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Engine.Topics;

/// <summary>Check that words are embedded by the encoder of the documents; vectors of different encoders cannot be compared.</summary>
internal static class FittedEncoder
{
    /// <summary>Returns the encoder if it made the embeddings of the documents.</summary>
    /// <param name="embedder">Encoder for the words.</param>
    /// <param name="documents">Encoder of the documents.</param>
    /// <exception cref="ArgumentException">The encoder is missing or not the encoder of the documents.</exception>
    public static IEmbedder Check(IEmbedder? embedder, EmbedderInfo documents)
    {
        if (embedder is null)
        {
            throw new ArgumentException(
                $"Seed topics, zero-shot topics and representations need the encoder of the documents, {documents.Name}, but no "
                + "encoder is given.",
                nameof(embedder));
        }

        return embedder.Info.Sha256 == documents.Sha256 && embedder.Info.Dimension == documents.Dimension
            ? embedder
            : throw new ArgumentException(
                $"The encoder is {embedder.Info.Name} ({embedder.Info.Sha256}), but the documents were embedded by {documents.Name} "
                + $"({documents.Sha256}). Use the encoder of the documents.",
                nameof(embedder));
    }
}
