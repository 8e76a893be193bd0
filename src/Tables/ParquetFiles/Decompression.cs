using System.Buffers.Binary;
using System.IO.Compression;
using K4os.Compression.LZ4;
using Snappier;
using ZstdSharp;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Decompresses pages into buffers of the size that the page states; more or fewer bytes are an error.</summary>
internal static class Decompression
{
    /// <exception cref="InvalidDataException">The data are damaged, or have another size.</exception>
    /// <exception cref="NotSupportedException">The codec is not supported.</exception>
    public static void Decompress(Codec codec, ReadOnlyMemory<byte> data, Span<byte> target)
    {
        if (target.IsEmpty)
        {
            return;
        }

        int written = codec switch
        {
            Codec.None => Copy(data.Span, target),
            Codec.Snappy => Unsnap(data.Span, target),
            Codec.Gzip => Unzip(data, target),
            Codec.Brotli => BrotliDecoder.TryDecompress(data.Span, target, out int bytes) ? bytes : -1,
            Codec.Lz4 => Unframe(data.Span, target),
            Codec.Zstd => Unzstd(data.Span, target),
            Codec.Lz4Raw => LZ4Codec.Decode(data.Span, target),
            _ => throw new NotSupportedException(),
        };
        if (written != target.Length)
        {
            throw new InvalidDataException("a page has another size than it states");
        }
    }

    private static int Copy(ReadOnlySpan<byte> data, Span<byte> target) => data.TryCopyTo(target) ? data.Length : -1;

    private static int Unsnap(ReadOnlySpan<byte> data, Span<byte> target) =>
        Snappy.GetUncompressedLength(data) == target.Length ? Snappy.Decompress(data, target) : -1;

    private static int Unzstd(ReadOnlySpan<byte> data, Span<byte> target)
    {
        try
        {
            using Decompressor decompressor = new();
            return decompressor.Unwrap(data, target);
        }
        catch (ZstdException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static int Unzip(ReadOnlyMemory<byte> data, Span<byte> target)
    {
        using MemoryStream packed = new(data.ToArray(), writable: false);
        using GZipStream gzip = new(packed, CompressionMode.Decompress);
        int read = gzip.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
        return gzip.ReadByte() < 0 ? read : -1;
    }

    // The older LZ4 has frames of big-endian sizes (Hadoop), and from some writers no frames.
    private static int Unframe(ReadOnlySpan<byte> data, Span<byte> target)
    {
        const int Header = 2 * sizeof(uint);
        int written = 0;
        ReadOnlySpan<byte> rest = data;
        while (rest.Length >= Header)
        {
            uint bytes = BinaryPrimitives.ReadUInt32BigEndian(rest);
            uint stored = BinaryPrimitives.ReadUInt32BigEndian(rest[sizeof(uint)..]);
            if (bytes > target.Length - written || stored > rest.Length - Header
                || LZ4Codec.Decode(rest.Slice(Header, (int)stored), target.Slice(written, (int)bytes)) != bytes)
            {
                return LZ4Codec.Decode(data, target);
            }

            written += (int)bytes;
            rest = rest[(Header + (int)stored)..];
        }

        return written;
    }
}
