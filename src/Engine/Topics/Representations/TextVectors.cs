using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Numerics;

namespace TopicGrpc.Engine.Topics.Representations;

/// <summary>Embeddings of texts, each computed once. Not thread-safe; it calls the encoder from several threads.</summary>
internal sealed class TextVectors(IEmbedder embedder, ComputeOptions compute, CancellationToken cancellationToken)
{
    private const int BlockSize = 8;
    private readonly Dictionary<string, float[]> _vectors = new(StringComparer.Ordinal);

    /// <summary>Embeds the texts without an embedding.</summary>
    public void Add(IEnumerable<string> texts)
    {
        string[] missing = [.. texts.Where(text => !_vectors.ContainsKey(text)).Distinct(StringComparer.Ordinal)];
        float[][] vectors = new float[missing.Length][];
        RowBlocks.Run(
            missing.Length,
            BlockSize,
            compute.Threads,
            (_, first, end) =>
            {
                for (int i = first; i < end; i++)
                {
                    vectors[i] = new float[embedder.Info.Dimension];
                    embedder.Embed(missing[i], vectors[i], cancellationToken);
                }
            },
            cancellationToken);
        for (int i = 0; i < missing.Length; i++)
        {
            _vectors.Add(missing[i], vectors[i]);
        }
    }

    /// <summary>Returns the embedding of an added text.</summary>
    public ReadOnlySpan<float> Of(string text) => _vectors[text];

    /// <summary>Returns the cosine of two added texts; 0 if an embedding is zero.</summary>
    public double Cosine(string left, string right)
    {
        float[] x = _vectors[left];
        float[] y = _vectors[right];
        double scale = Math.Sqrt(FixedOrder.Dot(x, x)) * Math.Sqrt(FixedOrder.Dot(y, y));
        return scale > 0 ? FixedOrder.Dot(x, y) / scale : 0;
    }

    /// <summary>Returns the cosine of an added text and a vector; 0 if one is zero.</summary>
    public double Cosine(string text, double[] vector)
    {
        float[] x = _vectors[text];
        double dot = 0;
        double squares = 0;
        for (int i = 0; i < x.Length; i++)
        {
            dot += x[i] * vector[i];
            squares += vector[i] * vector[i];
        }

        double scale = Math.Sqrt(FixedOrder.Dot(x, x)) * Math.Sqrt(squares);
        return scale > 0 ? dot / scale : 0;
    }
}
