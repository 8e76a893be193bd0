using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Guidance;

/// <summary>Vectors of the names and words that guide a fit, by the encoder that made the documents' vectors.</summary>
internal sealed class NameVectors
{
    private readonly IEmbedder _embedder;
    private readonly CancellationToken _cancellationToken;

    /// <exception cref="ArgumentException">The encoder is missing or another one.</exception>
    public NameVectors(IEmbedder? embedder, EmbedderInfo documents, CancellationToken cancellationToken)
    {
        _embedder = embedder ?? throw new ArgumentException("Seed topics and zero-shot topics need the encoder that made the vectors; none is given.", nameof(embedder));
        _cancellationToken = cancellationToken;
        if (embedder.Info.Sha256 != documents.Sha256 || embedder.Info.Dimension != documents.Dimension)
        {
            throw new ArgumentException(
                $"The vectors were made by encoder {documents.Name} ({documents.Sha256}); {embedder.Info.Name} ({embedder.Info.Sha256}) gives others.", nameof(embedder));
        }
    }

    /// <summary>One row a text.</summary>
    public Matrix Embed(IReadOnlyList<string> texts)
    {
        Matrix rows = new(texts.Count, _embedder.Info.Dimension);
        for (int row = 0; row < rows.Rows; row++)
        {
            _embedder.Embed(texts[row], rows.Row(row), _cancellationToken);
        }

        return rows;
    }
}
