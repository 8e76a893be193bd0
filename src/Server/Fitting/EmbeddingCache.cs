using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Vectors of a corpus by one encoder, kept from fit to fit: trying other settings then costs no embedding. The key is the
/// hash of the text, so a changed document never meets an old vector; a file that does not check is as good as none.
/// </summary>
internal sealed class EmbeddingCache(DataFolder folder)
{
    private const uint Magic = 0x31454754; // "TGE1"

    /// <summary>Hash that a text is kept under.</summary>
    public static UInt128 KeyOf(string text) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Reads what is kept; the second number is the token flag (1: cut at the encoder's last token).</summary>
    public Dictionary<UInt128, (float[] Vector, bool Truncated)> Read(string corpus, string encoderSha256, int dimension)
    {
        Dictionary<UInt128, (float[] Vector, bool Truncated)> vectors = [];
        string path = PathOf(corpus, encoderSha256);
        if (!File.Exists(path))
        {
            return vectors;
        }

        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 20, FileOptions.SequentialScan);
        using BinaryReader reader = new(stream);
        if (stream.Length < 12 || reader.ReadUInt32() != Magic || reader.ReadInt32() != dimension)
        {
            return vectors;
        }

        int count = reader.ReadInt32();
        byte[] row = new byte[RowBytes(dimension)];
        for (int index = 0; index < count; index++)
        {
            if (reader.Read(row) != row.Length || Crc32C.Compute(row.AsSpan(4)) != MemoryMarshal.Read<uint>(row))
            {
                break;
            }

            vectors[MemoryMarshal.Read<UInt128>(row.AsSpan(8))] = (MemoryMarshal.Cast<byte, float>(row.AsSpan(24)).ToArray(), row[4] == 1);
        }

        return vectors;
    }

    /// <summary>Keeps vectors in place of those kept before.</summary>
    public void Write(string corpus, string encoderSha256, int dimension, IReadOnlyDictionary<UInt128, (float[] Vector, bool Truncated)> vectors)
    {
        string staged = Path.Combine(folder.Staging, Guid.NewGuid().ToString("N"));
        using (FileStream stream = new(staged, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 20))
        using (BinaryWriter writer = new(stream))
        {
            writer.Write(Magic);
            writer.Write(dimension);
            writer.Write(vectors.Count);
            byte[] row = new byte[RowBytes(dimension)];
            foreach ((UInt128 key, (float[] vector, bool truncated)) in vectors)
            {
                row[4] = truncated ? (byte)1 : (byte)0;
                MemoryMarshal.Write(row.AsSpan(8), key);
                MemoryMarshal.AsBytes(vector.AsSpan()).CopyTo(row.AsSpan(24));
                MemoryMarshal.Write(row, Crc32C.Compute(row.AsSpan(4)));
                writer.Write(row);
            }
        }

        File.Move(staged, PathOf(corpus, encoderSha256), overwrite: true);
    }

    private static int RowBytes(int dimension) => 24 + (dimension * sizeof(float));

    private string PathOf(string corpus, string encoderSha256) => Path.Combine(folder.Corpora, corpus, $"embeddings-{encoderSha256[..16]}.bin");
}
