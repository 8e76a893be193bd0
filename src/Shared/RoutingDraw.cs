using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Shared;

/// <summary>
/// The number that decides which target of a traffic policy answers a request, as <c>TrafficPolicy.targets</c> defines it:
/// the first 8 bytes of SHA-256(purpose, line feed, model id, line feed, key) as a big-endian integer, modulo <see cref="Whole"/>.
/// </summary>
internal static class RoutingDraw
{
    /// <summary>Sum of all weights, in basis points.</summary>
    public const int Whole = 10_000;

    /// <summary>Purpose of the draw that chooses a target.</summary>
    public const string Split = "split";

    /// <summary>Purpose of the draw that decides whether the shadow version gets a copy.</summary>
    public const string Shadow = "shadow";

    /// <summary>Draws for a request; equal arguments give the same number in every process.</summary>
    /// <param name="purpose"><see cref="Split"/> or <see cref="Shadow"/>.</param>
    /// <param name="model">Id of the model.</param>
    /// <param name="texts">The routing key alone; without one the texts of the request, concatenated by the hash.</param>
    /// <param name="embedding">Embedding of a request without texts and key; hashed as little-endian floats.</param>
    /// <returns>0 to <see cref="Whole"/> − 1.</returns>
    public static int Of(string purpose, string model, IReadOnlyList<string> texts, IReadOnlyList<float> embedding)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{purpose}\n{model}\n"));
        foreach (string text in texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        if (embedding.Count > 0)
        {
            hash.AppendData(LittleEndian(embedding));
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(digest) % Whole);
    }

    /// <summary>Returns the index of the target whose share contains a draw; the shares are taken in order.</summary>
    /// <param name="draw">0 to <see cref="Whole"/> − 1.</param>
    /// <param name="weights">Weights that sum to <see cref="Whole"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The draw lies beyond the sum of the weights.</exception>
    public static int TargetOf(int draw, IEnumerable<int> weights)
    {
        int end = 0;
        int index = 0;
        foreach (int weight in weights)
        {
            end += weight;
            if (draw < end)
            {
                return index;
            }

            index++;
        }

        throw new ArgumentOutOfRangeException(nameof(draw), draw, $"The draw must be below the sum of the weights, {end}.");
    }

    private static byte[] LittleEndian(IReadOnlyList<float> embedding)
    {
        byte[] bytes = new byte[embedding.Count * sizeof(float)];
        for (int index = 0; index < embedding.Count; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), embedding[index]);
        }

        return bytes;
    }
}
