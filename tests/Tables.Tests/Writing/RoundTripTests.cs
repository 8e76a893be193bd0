using FsCheck.Xunit;
using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Tables.Tests.Writing;

/// <summary>What the writers write, the readers read: the same values in the same order.</summary>
public sealed class RoundTripTests
{
    [Property(MaxTest = 30)]
    public async Task Parquet_AnyRows_AreReadAsWritten(int seed) => await AssertReadAsync(OutputFormat.Parquet, seed, Reading.ParquetAsync);

    [Property(MaxTest = 30)]
    public async Task Arrow_AnyRows_AreReadAsWritten(int seed) => await AssertReadAsync(OutputFormat.Arrow, seed, Reading.ArrowAsync);

    [Theory]
    [InlineData(OutputFormat.Parquet)]
    [InlineData(OutputFormat.Arrow)]
    internal async Task Write_NoRows_IsATableWithoutRows(OutputFormat format)
    {
        byte[] bytes = await Written.AsBytesAsync(format, []);

        Assert.Empty(await (format == OutputFormat.Parquet ? Reading.ParquetAsync(bytes) : Reading.ArrowAsync(bytes)));
    }

    private static async Task AssertReadAsync(
        OutputFormat format, int seed, Func<byte[], TableLimits?, Task<List<TableValue[]>>> read)
    {
        List<TableValue[]> rows = Written.Random(seed, Math.Abs(seed % 200));

        List<TableValue[]> found = await read(await Written.AsBytesAsync(format, rows), null);

        // A list of texts is only written.
        Assert.Equal(
            rows.Select(static row => string.Join(" ; ", row[..6].Select(Reading.Shown))),
            found.Select(static row => string.Join(" ; ", row[..6].Select(Reading.Shown))));
    }
}
