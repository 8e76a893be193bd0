using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Tables.Tests.Writing;

/// <summary>Writes whole tables.</summary>
internal static class Written
{
    public static readonly OutputColumn[] Columns =
    [
        new("text", ColumnKind.Text),
        new("count", ColumnKind.Integer),
        new("share", ColumnKind.Number),
        new("is \"it\"", ColumnKind.Boolean),
        new("time", ColumnKind.Time),
        new("embedding", ColumnKind.Vector),
        new("words", ColumnKind.Texts),
    ];

    public static async Task<byte[]> AsBytesAsync(OutputFormat format, IEnumerable<TableValue[]> rows)
    {
        using MemoryStream target = new();
        await using (ITableWriter writer = TableWriters.Create(format, target, Columns))
        {
            foreach (TableValue[] row in rows)
            {
                await writer.WriteAsync(row, TestContext.Current.CancellationToken);
            }

            await writer.CompleteAsync(TestContext.Current.CancellationToken);
        }

        return target.ToArray();
    }

    /// <summary>Returns rows with nulls, empty lists and empty texts, chosen by a seed.</summary>
    public static List<TableValue[]> Random(int seed, int count)
    {
        Random random = new(seed);
        string[] texts = ["", "plain", "a, \"quoted\"\nline", " é 漢字 😀 ", "tab\tand \\", "null"];
        List<TableValue[]> rows = [];
        for (int i = 0; i < count; i++)
        {
            rows.Add(
            [
                Maybe(TableValue.Text(texts[random.Next(texts.Length)] + new string('n', i % 3))),
                Maybe(TableValue.Integer(random.NextInt64(long.MinValue, long.MaxValue))),
                Maybe(TableValue.Number((random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-30, 30)))),
                Maybe(TableValue.Boolean(random.Next(2) == 0)),
                Maybe(TableValue.Time(DateTimeOffset.UnixEpoch.AddMicroseconds(random.NextInt64(-1L << 50, 1L << 50)))),
                Maybe(TableValue.Vector([.. Enumerable.Range(0, random.Next(4)).Select(_ => random.NextSingle() - 0.5f)])),
                Maybe(TableValue.Texts([.. Enumerable.Range(0, random.Next(3)).Select(_ => texts[random.Next(texts.Length)])])),
            ]);
        }

        return rows;

        TableValue Maybe(TableValue value) => random.Next(5) == 0 ? TableValue.Null : value;
    }

    public static string Shown(TableValue value) => value.Kind == ColumnKind.Texts
        ? $"[{string.Join('|', value.AsTexts)}]"
        : Reading.Shown(value);
}
