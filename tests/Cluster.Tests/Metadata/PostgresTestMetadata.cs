using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Metadata;

internal sealed class PostgresTestMetadata(PostgresServer server) : TestMetadata
{
    private readonly string _connectionString = server.CreateDatabase();

    protected override MetadataDatabase Open(DataFolder folder) => new PostgresDatabase(
        Options.Create(new PostgresOptions { ConnectionString = _connectionString, RetryTimeout = TimeSpan.FromMinutes(1) }),
        folder,
        TimeProvider.System);
}
