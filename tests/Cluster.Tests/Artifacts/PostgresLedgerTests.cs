using System.Data.Common;
using Npgsql;
using TopicGrpc.Cluster.Tests.Postgres;

namespace TopicGrpc.Cluster.Tests.Artifacts;

/// <summary>The ledger in PostgreSQL.</summary>
public sealed class PostgresLedgerTests(PostgresServer server) : SqlLedgerContract
{
    private protected override DbDataSource CreateDatabase() => NpgsqlDataSource.Create(server.CreateDatabase());
}
