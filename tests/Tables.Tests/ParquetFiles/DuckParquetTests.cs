using System.Globalization;
using TopicGrpc.Tables.ParquetFiles;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Tests.ParquetFiles;

/// <summary>Reads files that DuckDB writes, in every codec and both versions of the format.</summary>
public sealed class DuckParquetTests
{
    private const int Rows = 5000;

    private const string Table = """
        SELECT
            CASE WHEN i % 7 = 3 THEN NULL ELSE 'text ' || (i * 7919 % 1000) || repeat('é', (i % 5)::INT) END AS t,
            i::BIGINT * 1000003 - 7 AS b,
            CASE WHEN i % 3 = 0 THEN NULL ELSE (i % 10)::INTEGER END AS n,
            (i % 2 = 0) AS f,
            i::DOUBLE / 3 AS d,
            (i % 100)::FLOAT / 8 AS r,
            TIMESTAMP '2020-01-01 00:00:00' + INTERVAL 1 SECOND * i AS z,
            DATE '1999-12-31' + (i % 400)::INTEGER AS a,
            ((i - 50)::DECIMAL(12, 3) / 8)::DECIMAL(12, 3) AS c,
            (i % 250)::UTINYINT AS u,
            CASE WHEN i % 11 = 0 THEN NULL WHEN i % 11 = 1 THEN []::FLOAT[] ELSE [i::FLOAT / 4, -1, (i % 5)::FLOAT] END AS v,
            [i::DOUBLE / 8, 2]::DOUBLE[2] AS w,
            {'x': i} AS s
        FROM range(5000) AS g(i)
        """;

    [Theory]
    [InlineData("uncompressed", "V1")]
    [InlineData("snappy", "V1")]
    [InlineData("gzip", "V1")]
    [InlineData("zstd", "V1")]
    [InlineData("brotli", "V1")]
    [InlineData("lz4_raw", "V1")]
    [InlineData("uncompressed", "V2")]
    [InlineData("snappy", "V2")]
    [InlineData("gzip", "V2")]
    [InlineData("zstd", "V2")]
    [InlineData("brotli", "V2")]
    [InlineData("lz4_raw", "V2")]
    public async Task Read_FileOfDuckDb_HasTheValuesThatWereWritten(string codec, string version)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("t.parquet");
        using (Duck duck = new())
        {
            duck.Run($"COPY ({Table}) TO '{path}' (FORMAT parquet, CODEC '{codec}', PARQUET_VERSION '{version}', ROW_GROUP_SIZE 2048)");
        }

        List<TableValue[]> rows = await Reading.ParquetAsync(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));

        Assert.Equal(Rows, rows.Count);
        for (int i = 0; i < Rows; i++)
        {
            Assert.Equal(Expected(i), rows[i].Select(Reading.Shown));
        }
    }

    [Fact]
    public async Task Columns_FileOfDuckDb_HaveKindsAndTypes()
    {
        using TemporaryFolder folder = new();
        string path = folder.File("t.parquet");
        using (Duck duck = new())
        {
            duck.Run($"COPY ({Table}) TO '{path}' (FORMAT parquet)");
        }

        using ParquetTable table = await ParquetTable.OpenAsync(
            File.OpenRead(path), new TableLimits(), TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "t Text string", "b Integer int64", "n Integer int32", "f Boolean boolean", "d Number double", "r Number float",
                "z Time timestamp", "a Time date", "c Text decimal", "u Integer uint32", "v Vector list of float",
                "w Vector list of double", "s Other group",
            ],
            table.Columns.Select(static column => $"{column.Name} {column.Kind} {column.TypeName}"));
    }

    private static string[] Expected(int i)
    {
        CultureInfo invariant = CultureInfo.InvariantCulture;
        return
        [
            i % 7 == 3 ? "null" : string.Create(invariant, $"text {i * 7919 % 1000}{new string('é', i % 5)}"),
            ((i * 1000003L) - 7).ToString(invariant),
            i % 3 == 0 ? "null" : (i % 10).ToString(invariant),
            i % 2 == 0 ? "true" : "false",
            (i / 3.0).ToString("R", invariant),
            ((i % 100) / 8.0).ToString("R", invariant),
            new DateTime(2020, 1, 1).AddSeconds(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", invariant),
            new DateTime(1999, 12, 31).AddDays(i % 400).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", invariant),
            ((i - 50) / 8m).ToString("0.000", invariant),
            (i % 250).ToString(invariant),
            (i % 11) switch
            {
                0 => "null",
                1 => "[]",
                _ => string.Create(invariant, $"[{i / 4.0:R} -1 {i % 5}]"),
            },
            string.Create(invariant, $"[{i / 8.0:R} 2]"),
        ];
    }
}
