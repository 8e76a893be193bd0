using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace TopicGrpc.Server.Models;

/// <summary>
/// What decides the side of a split that a request goes to: the key it carries, or else its texts or its embedding. The
/// rule stands in the contract, so that anybody can work out the side; nothing in it depends on the process or the machine.
/// </summary>
internal sealed class RoutingKey
{
    private readonly IReadOnlyList<string> _texts;
    private readonly IReadOnlyList<float> _embedding;

    private RoutingKey(IReadOnlyList<string> texts, IReadOnlyList<float> embedding)
    {
        _texts = texts;
        _embedding = embedding;
    }

    /// <summary>Key of a request.</summary>
    /// <param name="key">What the request carries; empty for nothing.</param>
    /// <param name="texts">Its texts.</param>
    /// <param name="embedding">What stands in their place.</param>
    public static RoutingKey Of(string key, IReadOnlyList<string> texts, IReadOnlyList<float> embedding) =>
        key.Length == 0 ? new RoutingKey(texts, embedding) : new RoutingKey([key], []);

    /// <summary>Draws for a purpose; the same request always draws the same number.</summary>
    /// <returns>0 to <see cref="TrafficRoute.Whole"/> − 1.</returns>
    public int Draw(string purpose, string model)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{purpose}\n{model}\n"));
        foreach (string text in _texts)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        if (_embedding.Count > 0)
        {
            byte[] bytes = new byte[_embedding.Count * sizeof(float)];
            for (int index = 0; index < _embedding.Count; index++)
            {
                BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(index * sizeof(float)), _embedding[index]);
            }

            hash.AppendData(bytes);
        }

        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(digest) % TrafficRoute.Whole);
    }
}
