using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.Changes;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Tests.Changes;

/// <summary>A member of a cluster with its database and its feed, without a server.</summary>
internal sealed class TestMember : IDisposable
{
    private readonly TestDataFolder _folder = new();

    public TestMember(string connectionString, string id, TimeProvider? clock = null)
    {
        PostgresOptions options = new() { ConnectionString = connectionString, RetryTimeout = TimeSpan.FromMinutes(1) };
        Database = new PostgresDatabase(
            Options.Create(options), _folder.Data, TimeProvider.System, member: new MemberIdentity(id, MemberRole.All));
        Feed = new PostgresChangeFeed(Database, options, clock ?? TimeProvider.System, NullLogger<PostgresChangeFeed>.Instance);
    }

    public PostgresDatabase Database { get; }

    public PostgresChangeFeed Feed { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Feed.StartingAsync(cancellationToken);
        await Feed.StartAsync(cancellationToken);
    }

    public void Dispose()
    {
        Feed.Dispose();
        Database.Dispose();
        _folder.Dispose();
    }
}
