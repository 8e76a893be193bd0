using System.Numerics.Tensors;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Load.Planting;

/// <summary>Gives texts of one group near vectors, without an encoder: a million texts take seconds.</summary>
internal sealed class PlantedEmbedder : IEmbedder
{
    private const int Dimension = 16;
    private const float Spread = 0.25f;
    private const int MaxTokens = 256;

    /// <inheritdoc/>
    public EmbedderInfo Info { get; } =
        new("planted", "full", Convert.ToHexStringLower(SHA256.HashData("planted"u8)), Dimension, MaxTokens);

    /// <inheritdoc/>
    public EmbeddingCost Embed(string text, Span<float> destination, CancellationToken cancellationToken)
    {
        Fill(destination, PlantedText.GroupOf(text), 1, replace: true);
        Fill(destination, BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes(text))), Spread, replace: false);
        TensorPrimitives.Divide(destination, TensorPrimitives.Norm<float>(destination), destination);
        return new EmbeddingCost(2 + text.Count(' '), Truncated: false, TimeSpan.Zero, TimeSpan.Zero);
    }

    private static void Fill(Span<float> destination, int seed, float scale, bool replace)
    {
        Random random = new(seed);
        foreach (ref float value in destination)
        {
            value = (replace ? 0 : value) + (scale * ((2 * random.NextSingle()) - 1));
        }
    }
}
