using System.Collections;
using System.Globalization;
using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Tables.Tests.Writing;

/// <summary>An independent reader finds in the written files what was written.</summary>
public sealed class DuckReadsTests
{
    private const int Rows = 700;

    [Theory]
    [InlineData(OutputFormat.Parquet, "read_parquet('{0}')")]
    [InlineData(OutputFormat.JsonLines, "read_json('{0}', format = 'newline_delimited', columns = {{text: 'VARCHAR', count: 'BIGINT', "
        + "share: 'DOUBLE', 'is \"it\"': 'BOOLEAN', time: 'TIMESTAMP', embedding: 'FLOAT[]', words: 'VARCHAR[]'}})")]
    [InlineData(OutputFormat.Csv, "read_csv('{0}', header = true, nullstr = '', allow_quoted_nulls = false, columns = {{text: 'VARCHAR', "
        + "count: 'BIGINT', share: 'DOUBLE', 'is \"it\"': 'BOOLEAN', time: 'TIMESTAMP', embedding: 'JSON', words: 'JSON'}})")]
    internal async Task Select_WrittenFile_ReturnsTheRows(OutputFormat format, string source)
    {
        using TemporaryFolder folder = new();
        string path = folder.File("t");
        List<TableValue[]> rows = Written.Random(7, Rows);
        await File.WriteAllBytesAsync(path, await Written.AsBytesAsync(format, rows), TestContext.Current.CancellationToken);
        string lists = format == OutputFormat.Csv ? "embedding::JSON::FLOAT[], words::JSON::VARCHAR[]" : "embedding, words";
        using Duck duck = new();

        List<object?[]> found = duck.Rows(
            $"SELECT text, count, share, \"is \"\"it\"\"\", time::TIMESTAMP, {lists} FROM "
            + string.Format(CultureInfo.InvariantCulture, source, path));

        Assert.Equal(
            rows.Select(static row => string.Join(" ; ", row.Select(Written.Shown))),
            found.Select(static row => string.Join(" ; ", row.Select(Shown))));
    }

    private static string Shown(object? value) => value switch
    {
        null => "null",
        string text => text,
        bool boolean => boolean ? "true" : "false",
        DateTime time => TableValue.Time(new DateTimeOffset(time, TimeSpan.Zero)).ToAttribute()!,
        IEnumerable<float> or IList<float?> => $"[{string.Join(' ', ((IEnumerable)value).Cast<float>().Select(Number))}]",
        IEnumerable list => $"[{string.Join('|', list.Cast<string>())}]",
        _ => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
    };

    private static string Number(float number) => number.ToString("R", CultureInfo.InvariantCulture);
}
