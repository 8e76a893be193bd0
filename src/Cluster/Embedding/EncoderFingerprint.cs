using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Hash of what decides the bits of a vector: the encoder, and the vectors that this machine computes for fixed texts. Kernels differ
/// between processors, so equal weights alone do not promise equal bits. A member with another fingerprint embeds nothing for a run.
/// </summary>
internal sealed class EncoderFingerprint(IEmbedder embedder)
{
    private const int HexDigits = 32;

    private static readonly string[] Probes =
    [
        "a",
        "The quick brown fox jumps over the lazy dog.",
        "日本語の文章と、もう一つの文。",
        "0123456789 +-*/ = 3.14159; e-mail: someone@example.org",
        string.Join(' ', Enumerable.Repeat("a text of medium length about ships, harbors and the weather", 4)),
        string.Join(' ', Enumerable.Range(0, 400).Select(static number => number.ToString(CultureInfo.InvariantCulture))),
    ];

    private readonly Lock _gate = new();
    private string? _value;

    /// <summary>Returns the fingerprint. The first call embeds the fixed texts, which takes less than a second; it may run again.</summary>
    /// <param name="cancellationToken">Stops between two texts.</param>
    public string Get(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return _value ??= Compute(cancellationToken);
        }
    }

    private string Compute(CancellationToken cancellationToken)
    {
        EmbedderInfo info = embedder.Info;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(FormattableString.Invariant(
            $"{info.Sha256} {info.Precision} {info.Dimension} {info.MaxTokens}\n")));
        float[] vector = new float[info.Dimension];
        foreach (string probe in Probes)
        {
            embedder.Embed(probe, vector, cancellationToken);
            hash.AppendData(MemoryMarshal.AsBytes(vector.AsSpan()));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..HexDigits];
    }
}
