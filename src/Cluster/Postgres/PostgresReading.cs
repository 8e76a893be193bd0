using System.Data.Common;
using Npgsql;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Postgres;

/// <summary>The metadata in PostgreSQL, for a reader beside the server.</summary>
internal sealed class PostgresReading(NpgsqlDataSource source) : IMetadataReading
{
    /// <inheritdoc/>
    public string Name => "postgres";

    /// <inheritdoc/>
    public DbConnection Open() => source.OpenConnection();

    /// <summary>Reads every value of every table. PostgreSQL reports damaged pages and values when they are read.</summary>
    /// <inheritdoc/>
    public bool Check(DbConnection connection, Action<string> report)
    {
        connection.Execute("SET statement_timeout = 0"); // Until the connection returns to the pool.
        bool isReadable = true;
        foreach (string table in MetadataCopy.Tables)
        {
            try
            {
                connection.Query($"SELECT coalesce(sum(length(t::text)), 0)::bigint FROM {table} AS t", static row => row.GetInt64(0));
            }
            catch (PostgresException damage)
            {
                report($"The table '{table}' cannot be read: {damage.MessageText}.");
                isReadable = false;
            }
        }

        return isReadable;
    }
}
