using System.Globalization;
using TopicGrpc.Tables.ArrowStreams;
using TopicGrpc.Tables.ParquetFiles;
using TopicGrpc.Tables.Values;

namespace TopicGrpc.Tables.Tests;

/// <summary>Reads whole tables.</summary>
internal static class Reading
{
    public static async Task<List<TableValue[]>> ParquetAsync(byte[] bytes, TableLimits? limits = null)
    {
        using ITable table = await ParquetTable.OpenAsync(
            new MemoryStream(bytes), limits ?? new TableLimits(), TestContext.Current.CancellationToken);
        return await AllAsync(table);
    }

    public static async Task<List<TableValue[]>> ArrowAsync(byte[] bytes, TableLimits? limits = null)
    {
        using ITable table = await ArrowTable.OpenAsync(
            new MemoryStream(bytes), limits ?? new TableLimits(), TestContext.Current.CancellationToken);
        return await AllAsync(table);
    }

    private static async Task<List<TableValue[]>> AllAsync(ITable table)
    {
        int[] columns = [.. Enumerable.Range(0, table.Columns.Count).Where(i => table.Columns[i].Kind != ColumnKind.Other)];
        List<TableValue[]> rows = [];
        await foreach (TableValue[] row in table.ReadAsync(columns, TestContext.Current.CancellationToken))
        {
            rows.Add([.. row]);
        }

        return rows;
    }

    /// <summary>Returns a value as text that differs for different values.</summary>
    public static string Shown(TableValue value) => value.Kind == ColumnKind.Vector
        ? $"[{string.Join(' ', value.AsVector.Select(static number => number.ToString("R", CultureInfo.InvariantCulture)))}]"
        : value.ToAttribute() ?? "null";
}
