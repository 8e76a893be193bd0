using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Fitting;

/// <summary>Embeddings of the names and words that guide a fit, by the encoder of the documents.</summary>
internal sealed class NameVectors
{
    private readonly IEmbedder _embedder;
    private readonly CancellationToken _cancellationToken;

    /// <exception cref="ArgumentException">The encoder is missing or not the encoder of the documents.</exception>
    public NameVectors(IEmbedder? embedder, EmbedderInfo documents, CancellationToken cancellationToken)
    {
        _embedder = FittedEncoder.Check(embedder, documents);
        _cancellationToken = cancellationToken;
    }

    /// <summary>Returns one row per text.</summary>
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
