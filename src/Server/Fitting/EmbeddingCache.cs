using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Embedding;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Cached embeddings of a corpus by one encoder. A fit with other settings reuses them. The key is the hash of the text, so a changed
/// document never gets the vector of its old text. Every row has a checksum and rows are only appended, so an interrupted fit leaves the
/// embeddings that it computed. Other corpora read the rows too, and copy those of their own texts: a row is removed with the documents of
/// its corpus, and with nothing else. All files together are bounded.
/// </summary>
internal sealed class EmbeddingCache(DataFolder folder, IOptions<EmbeddingOptions> options)
{
    private const uint Magic = 0x32454754; // "TGE2"
    private const int HeaderBytes = 8;
    private const int BufferBytes = 1 << 18;
    private const int MaxDimension = 1 << 16;
    private const string NamePrefix = "embeddings-";
    private const string NewEnding = ".new";

    private readonly Lock _writing = new();
    private readonly EmbeddingCacheFiles _files = new(folder, options.Value.CacheBytes);

    /// <summary>Returns the key of a text: the first half of its SHA-256.</summary>
    public static UInt128 KeyOf(string text) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>Receives one cached embedding. The vector is valid during the call.</summary>
    public delegate void CachedRow(UInt128 key, ReadOnlySpan<float> vector, bool isTruncated);

    /// <summary>Visits all cached embeddings with one row in memory; skips a row with a wrong checksum.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="encoderSha256">Hash of the encoder.</param>
    /// <param name="dimension">Values of a vector; a cache of another dimension has no row.</param>
    /// <param name="visit">Receives each row.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public void Visit(
        string corpus, string encoderSha256, int dimension, CachedRow visit, CancellationToken cancellationToken)
    {
        string path = PathOf(corpus, encoderSha256);
        if (folder.Files.FileExists(path))
        {
            Visit(path, dimension, visit, static () => false, cancellationToken);
        }
    }

    /// <summary>Visits the cached embeddings of other corpora, by id of the corpus. A file that cannot be read counts as empty.</summary>
    /// <param name="corpus">Id of the corpus that is left out.</param>
    /// <param name="encoder">The encoder.</param>
    /// <param name="visit">Receives each row.</param>
    /// <param name="isComplete">Whether no more rows are needed.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    public void VisitOthers(
        string corpus, EmbedderInfo encoder, CachedRow visit, Func<bool> isComplete, CancellationToken cancellationToken)
    {
        foreach (string other in folder.Files.ListFolders(folder.Paths.Corpora)
            .Select(static path => Path.GetFileName(path))
            .Where(id => id != corpus)
            .Order(StringComparer.Ordinal))
        {
            string path = PathOf(other, encoder.Sha256);
            if (isComplete())
            {
                return;
            }

            try
            {
                if (folder.Files.FileExists(path))
                {
                    Visit(path, encoder.Dimension, visit, isComplete, cancellationToken);
                }
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                // The corpus was deleted meanwhile, or its disk fails; its embeddings are computed again.
            }
        }
    }

    private void Visit(string path, int dimension, CachedRow visit, Func<bool> isComplete, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            _files.Use(path);
        }

        using BufferedStream stream = Open(folder.Files, path, FileMode.Open, FileAccess.Read);
        if (!HasHeader(stream, dimension))
        {
            return;
        }

        byte[] row = new byte[RowBytes(dimension)];
        while (!isComplete() && stream.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (IsSound(row))
            {
                visit(MemoryMarshal.Read<UInt128>(row.AsSpan(8)), MemoryMarshal.Cast<byte, float>(row.AsSpan(24)), row[4] == 1);
            }
        }
    }

    /// <summary>
    /// Appends embeddings, for which files of other corpora may be deleted. Overwrites a row that a crash left unfinished; replaces a file
    /// of another format. Does nothing if the file would exceed the limit of all files.
    /// </summary>
    public void Append(
        string corpus, string encoderSha256, int dimension, IReadOnlyCollection<(UInt128 Key, float[] Vector, bool Truncated)> vectors)
    {
        lock (_writing)
        {
            string path = PathOf(corpus, encoderSha256);
            _files.Use(path);
            if (_files.TryReserve(path, (long)vectors.Count * RowBytes(dimension)))
            {
                AppendRows(path, dimension, vectors);
            }
        }
    }

    /// <summary>Removes the embeddings of texts that a corpus no longer has, for all encoders. Damaged rows are removed too.</summary>
    /// <param name="corpus">Id of the corpus.</param>
    /// <param name="kept">Keys of its texts.</param>
    /// <param name="cancellationToken">Stops between two rows; the file is unchanged then.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Compact(string corpus, HashSet<UInt128> kept, CancellationToken cancellationToken)
    {
        lock (_writing)
        {
            foreach (string path in folder.Files.ListFiles(folder.Paths.Corpus(corpus)).Where(IsCache))
            {
                if (Path.GetExtension(path) != NewEnding)
                {
                    CompactFile(path, kept, cancellationToken);
                }
            }
        }
    }

    private void CompactFile(string path, HashSet<UInt128> kept, CancellationToken cancellationToken)
    {
        using (BufferedStream source = Open(folder.Files, path, FileMode.Open, FileAccess.Read))
        using (StoredFileStream copy = new(folder.Files.Open(path + NewEnding, FileMode.Create, FileAccess.Write), FileAccess.Write))
        using (BufferedStream target = new(copy, BufferBytes))
        {
            int dimension = ReadDimension(source);
            if (dimension is >= 1 and <= MaxDimension)
            {
                WriteHeader(target, dimension);
                byte[] row = new byte[RowBytes(dimension)];
                while (source.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) == row.Length)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (IsSound(row) && kept.Contains(MemoryMarshal.Read<UInt128>(row.AsSpan(8))))
                    {
                        target.Write(row);
                    }
                }
            }

            target.Flush();
        }

        folder.CountReplacement();
        folder.Files.ReplaceFile(path + NewEnding, path);
    }

    private static void WriteHeader(Stream stream, int dimension)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], dimension);
        stream.Write(header);
    }

    private void AppendRows(string path, int dimension, IReadOnlyCollection<(UInt128 Key, float[] Vector, bool Truncated)> vectors)
    {
        using BufferedStream stream = Open(folder.Files, path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
        if (HasHeader(stream, dimension))
        {
            stream.Position = stream.Length - ((stream.Length - HeaderBytes) % RowBytes(dimension));
        }
        else
        {
            stream.SetLength(0);
            WriteHeader(stream, dimension);
        }

        byte[] row = new byte[RowBytes(dimension)];
        foreach ((UInt128 key, float[] vector, bool truncated) in vectors)
        {
            row[4] = truncated ? (byte)1 : (byte)0;
            MemoryMarshal.Write(row.AsSpan(8), key);
            MemoryMarshal.AsBytes(vector.AsSpan()).CopyTo(row.AsSpan(24));
            MemoryMarshal.Write(row, Crc32C.Compute(row.AsSpan(4)));
            stream.Write(row);
        }
    }

    /// <summary>Returns whether a file of a corpus folder is a cache.</summary>
    public static bool IsCache(string path) => Path.GetFileName(path).StartsWith(NamePrefix, StringComparison.Ordinal);

    /// <summary>Reads a cache and counts the rows with a wrong checksum, which the next fit computes again.</summary>
    /// <param name="files">Storage of the file.</param>
    /// <param name="path">Path of the file.</param>
    /// <param name="row">Receives the bytes of each row that was read.</param>
    /// <param name="cancellationToken">Stops between two rows.</param>
    /// <returns>Number of damaged rows; null if the header is not that of a cache.</returns>
    public static long? CountDamaged(IFileStorage files, string path, Action<int> row, CancellationToken cancellationToken)
    {
        using BufferedStream stream = Open(files, path, FileMode.Open, FileAccess.Read);
        int dimension = ReadDimension(stream);
        if (dimension is < 1 or > MaxDimension)
        {
            return null;
        }

        byte[] bytes = new byte[RowBytes(dimension)];
        long damaged = 0;
        while (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            row(bytes.Length);
            damaged += IsSound(bytes) ? 0 : 1;
        }

        return damaged;
    }

    private static bool HasHeader(Stream stream, int dimension) => ReadDimension(stream) == dimension;

    /// <summary>Returns the dimension in the header; 0 for another format.</summary>
    private static int ReadDimension(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        return stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) == HeaderBytes
            && BinaryPrimitives.ReadUInt32LittleEndian(header) == Magic
            ? BinaryPrimitives.ReadInt32LittleEndian(header[4..])
            : 0;
    }

    private static bool IsSound(byte[] row) => Crc32C.Compute(row.AsSpan(4)) == MemoryMarshal.Read<uint>(row);

    private static BufferedStream Open(IFileStorage files, string path, FileMode mode, FileAccess access) =>
        new(new StoredFileStream(files.Open(path, mode, access), access), BufferBytes);

    private static int RowBytes(int dimension) => 24 + (dimension * sizeof(float));

    private string PathOf(string corpus, string encoderSha256) =>
        Path.Combine(folder.Paths.Corpus(corpus), $"{NamePrefix}{encoderSha256[..16]}.bin");
}
