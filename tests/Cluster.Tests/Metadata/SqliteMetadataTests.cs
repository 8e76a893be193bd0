namespace TopicGrpc.Cluster.Tests.Metadata;

public sealed class SqliteMetadataTests : MetadataContract
{
    private protected override TestMetadata Create() => new SqliteTestMetadata();
}
