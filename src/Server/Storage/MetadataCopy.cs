using System.Data.Common;

namespace TopicGrpc.Server.Storage;

/// <summary>Copies the rows of all tables from one metadata database to another, one row at a time.</summary>
internal static class MetadataCopy
{
    /// <summary>The tables; a table follows those that its rows refer to.</summary>
    public static IReadOnlyList<string> Tables { get; } =
    [
        "meta",
        "corpora",
        "erasures",
        "fits",
        "fit_requests",
        "fit_reports",
        "models",
        "versions",
        "version_contents",
        "labels",
        "traffic",
        "pending_folders",
        "keys",
    ];

    /// <summary>The tables whose column <c>ordinal</c> is numbered by the database.</summary>
    public static IReadOnlyList<string> NumberedTables { get; } = ["erasures", "fits"];

    /// <summary>Copies into empty tables with the same columns.</summary>
    /// <param name="source">Connection that sees one consistent state.</param>
    /// <param name="target">Connection with a transaction.</param>
    /// <returns>Number of copied rows.</returns>
    public static long Run(DbConnection source, DbConnection target) => Run(source, target, Tables);

    /// <summary>Copies some tables into empty tables with the same columns.</summary>
    /// <param name="source">Connection that sees one consistent state.</param>
    /// <param name="target">Connection with a transaction.</param>
    /// <param name="tables">The tables, in the order of <see cref="Tables"/>.</param>
    /// <returns>Number of copied rows.</returns>
    public static long Run(DbConnection source, DbConnection target, IEnumerable<string> tables)
    {
        long rows = 0;
        foreach (string table in tables)
        {
            using DbCommand select = source.Prepare($"SELECT * FROM {table}");
            using DbDataReader reader = select.ExecuteReader();
            string[] columns = [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName)];
            string insert = $"INSERT INTO {table} ({string.Join(", ", columns)}) "
                + $"VALUES ({string.Join(", ", columns.Select(static column => "@" + column))})";
            while (reader.Read())
            {
                target.Execute(insert, [.. columns.Select((column, index) => ("@" + column, (object?)reader.GetValue(index)))]);
                rows++;
            }
        }

        return rows;
    }
}
