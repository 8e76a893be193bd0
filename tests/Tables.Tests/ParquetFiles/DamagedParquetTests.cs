using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Tests.ParquetFiles;

/// <summary>Files that are damaged, cut off or hostile: an error of the reader, never another exception and never much memory.</summary>
public sealed class DamagedParquetTests
{
    [Theory]
    [InlineData("snappy", "V1")]
    [InlineData("zstd", "V2")]
    public async Task Read_FileCutOffAnywhere_IsRejected(string codec, string version)
    {
        byte[] whole = Small(codec, version);

        for (int length = 0; length < whole.Length; length++)
        {
            await Assert.ThrowsAsync<TableException>(() => Reading.ParquetAsync(whole[..length]));
        }
    }

    [Theory]
    [InlineData("uncompressed", "V1", 1)]
    [InlineData("snappy", "V1", 2)]
    [InlineData("gzip", "V1", 3)]
    [InlineData("brotli", "V2", 4)]
    [InlineData("zstd", "V2", 5)]
    [InlineData("lz4_raw", "V2", 6)]
    [InlineData("uncompressed", "V2", 7)]
    public async Task Read_AnyByteChanged_ReadsOrIsRejected(string codec, string version, int seed)
    {
        byte[] whole = Small(codec, version);
        Random random = new(seed);
        TableLimits limits = new() { BufferBytes = 1 << 20, DictionaryBytes = 1 << 20 };

        for (int i = 0; i < 3000; i++)
        {
            byte[] changed = [.. whole];
            int changes = random.Next(1, 4);
            for (int change = 0; change < changes; change++)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            Exception? thrown = await Record.ExceptionAsync(() => Reading.ParquetAsync(changed, limits));

            Assert.True(thrown is null or TableException, thrown?.ToString());
        }
    }

    [Fact]
    public async Task Read_PageAboveTheBudget_IsRejectedWithItsSize()
    {
        byte[] whole = Small("zstd", "V1");

        TableException thrown = await Assert.ThrowsAsync<TableException>(
            () => Reading.ParquetAsync(whole, new TableLimits { BufferBytes = 100 }));

        Assert.Contains("may have 100", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("smaller pages", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_MarkOfEncryption_IsRejected()
    {
        byte[] whole = Small("snappy", "V1");
        "PARE"u8.CopyTo(whole.AsSpan(whole.Length - 4));

        TableException thrown = await Assert.ThrowsAsync<TableException>(() => Reading.ParquetAsync(whole));

        Assert.Contains("encrypted", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_OtherFile_IsRejected()
    {
        TableException thrown = await Assert.ThrowsAsync<TableException>(
            () => Reading.ParquetAsync("{\"text\": \"a line of JSON\"}"u8.ToArray()));

        Assert.Contains("not a Parquet file", thrown.Message, StringComparison.Ordinal);
    }

    private static byte[] Small(string codec, string version)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("small.parquet");
        using Duck duck = new();
        duck.Run($"""
            COPY (
                SELECT 'text ' || i AS t, (i * i)::INTEGER AS n, [i::FLOAT, 1]::FLOAT[2] AS v, i % 2 = 0 AS f, 'class ' || (i % 3) AS c,
                    TIMESTAMP '2020-01-01' + INTERVAL 1 DAY * i AS z
                FROM range(40) AS g(i)
            ) TO '{path}' (FORMAT parquet, CODEC '{codec}', PARQUET_VERSION '{version}')
            """);
        return File.ReadAllBytes(path);
    }
}
