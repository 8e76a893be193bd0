using TopicGrpc.Tables.Values;
using TopicGrpc.Tables.Writing;

namespace TopicGrpc.Server.Tests.Http;

/// <summary>A table of documents in the columns <c>id</c>, <c>body</c>, a time and <c>source</c>.</summary>
internal static class UploadedTable
{
    /// <summary>Writes the rows d1, d2 and so on.</summary>
    /// <param name="format">Format of the file.</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="timeColumn">Name of the column of times.</param>
    /// <param name="nullRow">Row without text; 0 for none.</param>
    public static async Task<byte[]> WriteAsync(OutputFormat format, int rows, string timeColumn, int nullRow = 0)
    {
        CancellationToken token = TestContext.Current.CancellationToken;
        using MemoryStream target = new();
        await using ITableWriter writer = TableWriters.Create(
            format,
            target,
            [new("id", ColumnKind.Text), new("body", ColumnKind.Text), new(timeColumn, ColumnKind.Time), new("source", ColumnKind.Text)]);
        for (int row = 1; row <= rows; row++)
        {
            await writer.WriteAsync(
                [
                    TableValue.Text(FormattableString.Invariant($"d{row}")),
                    row == nullRow ? TableValue.Null : TableValue.Text(FormattableString.Invariant($"text number {row}")),
                    TableValue.Time(DateTimeOffset.UnixEpoch.AddDays(row)),
                    TableValue.Text("wire"),
                ],
                token);
        }

        await writer.CompleteAsync(token);
        return target.ToArray();
    }
}
