using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// The embeddings of a chunk as bytes: header, rows of key, flag and vector, SHA-256 of all bytes before it. It is a pure function of texts
/// and encoder, so two members write the same bytes. Little-endian, as all supported platforms are.
/// </summary>
internal sealed class ChunkResult
{
    /// <summary>Longest result that is read: that of a chunk of the most texts with the longest vectors.</summary>
    public const int MaxBytes = HeaderBytes + (4096 * (RowHeaderBytes + (MaxDimension * sizeof(float)))) + SHA256.HashSizeInBytes;

    private const uint Magic = 0x31434754; // "TGC1"
    private const int HeaderBytes = 12;
    private const int RowHeaderBytes = 20;
    private const int MaxDimension = 4096;

    private readonly byte[] _bytes;

    private ChunkResult(byte[] bytes, int count, int dimension)
    {
        _bytes = bytes;
        Count = count;
        Dimension = dimension;
    }

    /// <summary>Number of texts.</summary>
    public int Count { get; }

    /// <summary>Values of a vector.</summary>
    public int Dimension { get; }

    private int RowBytes => RowHeaderBytes + (Dimension * sizeof(float));

    /// <summary>
    /// Returns bytes for the results of a number of texts; <see cref="WriteRow"/> fills the rows, <see cref="Seal"/> ends it.
    /// </summary>
    public static byte[] Allocate(int count, int dimension)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(dimension, MaxDimension);
        byte[] bytes = new byte[HeaderBytes + (count * (RowHeaderBytes + (dimension * sizeof(float)))) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(8), dimension);
        return bytes;
    }

    /// <summary>Writes one row; different rows may be written at the same time.</summary>
    public static void WriteRow(byte[] bytes, int row, UInt128 key, bool isTruncated, ReadOnlySpan<float> vector)
    {
        Span<byte> destination = bytes.AsSpan(HeaderBytes + (row * (RowHeaderBytes + (vector.Length * sizeof(float)))));
        BinaryPrimitives.WriteUInt128LittleEndian(destination, key);
        BinaryPrimitives.WriteInt32LittleEndian(destination[16..], isTruncated ? 1 : 0);
        MemoryMarshal.AsBytes(vector).CopyTo(destination[RowHeaderBytes..]);
    }

    /// <summary>Writes the hash.</summary>
    public static void Seal(byte[] bytes) =>
        SHA256.HashData(bytes.AsSpan(0, bytes.Length - SHA256.HashSizeInBytes), bytes.AsSpan(bytes.Length - SHA256.HashSizeInBytes));

    /// <summary>Reads a result.</summary>
    /// <returns>Null if the bytes are damaged or of another format.</returns>
    public static ChunkResult? Parse(byte[] bytes)
    {
        if (bytes.Length < HeaderBytes + SHA256.HashSizeInBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != Magic)
        {
            return null;
        }

        int count = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(4));
        int dimension = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8));
        int end = bytes.Length - SHA256.HashSizeInBytes;
        if (count < 1
            || dimension is < 1 or > MaxDimension
            || HeaderBytes + ((long)count * (RowHeaderBytes + (dimension * sizeof(float)))) != end)
        {
            return null;
        }

        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes.AsSpan(0, end), hash);
        return hash.SequenceEqual(bytes.AsSpan(end)) ? new ChunkResult(bytes, count, dimension) : null;
    }

    /// <summary>Returns the key of the text of a row.</summary>
    public UInt128 Key(int row) => BinaryPrimitives.ReadUInt128LittleEndian(Row(row));

    /// <summary>Returns whether the text of a row was cut at the encoder's last token.</summary>
    public bool IsTruncated(int row) => BinaryPrimitives.ReadInt32LittleEndian(Row(row)[16..]) != 0;

    /// <summary>Returns a copy of the vector of a row.</summary>
    public float[] Vector(int row) => MemoryMarshal.Cast<byte, float>(Row(row)[RowHeaderBytes..]).ToArray();

    private ReadOnlySpan<byte> Row(int row) => _bytes.AsSpan(HeaderBytes + (row * RowBytes), RowBytes);
}
