using System.Buffers.Binary;
using System.Security.Cryptography;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>Texts of a run that one member embeds together.</summary>
/// <param name="work">The texts of the run.</param>
/// <param name="texts">Index of each text in the work, no two of equal texts.</param>
/// <param name="bytes">UTF-16 code units of the texts, as their expected cost.</param>
internal sealed class EmbeddingChunk(EmbeddingWork work, int[] texts, long bytes)
{
    /// <summary>Index of each text in the work.</summary>
    public IReadOnlyList<int> Texts => texts;

    /// <summary>Expected cost: the length of the texts and a fixed part for each.</summary>
    public long Cost => bytes + (32L * texts.Length);

    /// <summary>Content name: the hash of the keys of the texts in their order.</summary>
    public string Name { get; } = NameOf(work, texts);

    /// <summary>Returns the texts.</summary>
    public string[] Contents() => [.. texts.Select(work.Text)];

    /// <summary>Returns whether a result has the rows of this chunk.</summary>
    public bool Matches(ChunkResult result)
    {
        if (result.Count != texts.Length || result.Dimension != work.Encoder.Dimension)
        {
            return false;
        }

        for (int row = 0; row < texts.Length; row++)
        {
            if (result.Key(row) != work.Key(texts[row]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Returns a chunk for each text.</summary>
    public IEnumerable<EmbeddingChunk> Split() => texts.Select(text => new EmbeddingChunk(work, [text], work.Text(text).Length));

    private static string NameOf(EmbeddingWork work, int[] texts)
    {
        byte[] keys = new byte[texts.Length * 16];
        for (int i = 0; i < texts.Length; i++)
        {
            BinaryPrimitives.WriteUInt128LittleEndian(keys.AsSpan(i * 16), work.Key(texts[i]));
        }

        return Convert.ToHexStringLower(SHA256.HashData(keys));
    }
}
