using TopicGrpc.Cluster.Tests.Postgres;

namespace TopicGrpc.Cluster.Tests.Metadata;

public sealed class PostgresMetadataTests(PostgresServer server) : MetadataContract
{
    private protected override TestMetadata Create() => new PostgresTestMetadata(server);
}
