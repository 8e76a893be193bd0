using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.Cluster.Tests.Metadata;

internal sealed class SqliteTestMetadata : TestMetadata
{
    protected override MetadataDatabase Open(DataFolder folder) => new SqliteDatabase(folder);
}
