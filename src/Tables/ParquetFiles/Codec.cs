namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Compression of pages; the numbers are those of the format.</summary>
internal enum Codec
{
    None = 0,
    Snappy = 1,
    Gzip = 2,
    Lzo = 3,
    Brotli = 4,
    Lz4 = 5,
    Zstd = 6,
    Lz4Raw = 7,
}
