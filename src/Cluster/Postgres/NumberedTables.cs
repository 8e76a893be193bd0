using System.Data.Common;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>Tables whose rows PostgreSQL numbers.</summary>
internal static class NumberedTables
{
    /// <summary>Continues the numbers behind those of copied rows.</summary>
    public static void Continue(DbConnection connection)
    {
        foreach (string table in MetadataCopy.NumberedTables)
        {
            connection.Query(
                $"SELECT setval(pg_get_serial_sequence('{table}', 'ordinal'), coalesce(max(ordinal), 0) + 1, false) FROM {table}",
                static row => row.GetInt64(0));
        }
    }
}
