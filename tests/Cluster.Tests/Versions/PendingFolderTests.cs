using TopicGrpc.Cluster.Tests.Jobs;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Cluster.Versions;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Versions;

/// <summary>A member that starts removes the traces of interrupted publications, and leaves those that run at other members.</summary>
public sealed class PendingFolderTests(PostgresServer postgres) : IDisposable
{
    private readonly List<JobMember> _members = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListPending_PublicationOfALiveMember_IsNotInterrupted()
    {
        string database = postgres.CreateDatabase();
        (JobMember publisher, ModelTable published) = await StartAsync(database, "publisher");
        (_, ModelTable other) = await StartAsync(database, "other");
        await published.AllotNumberAsync("m", Token);

        Assert.Empty(other.ListPending());
        publisher.DeclareDead();

        Assert.Equal([("m", 1L)], other.ListPending());
        await other.RemovePendingAsync("m", 1);
        Assert.Empty(other.ListPending());
    }

    [Fact]
    public async Task ListPending_RowOfAReleaseWithoutMembers_IsInterrupted()
    {
        (JobMember member, ModelTable table) = await StartAsync(postgres.CreateDatabase(), "member");
        member.Database.Write(static connection => connection.Execute("INSERT INTO pending_folders (model, number) VALUES ('m', 4)"));

        Assert.Equal([("m", 4L)], table.ListPending());
    }

    public void Dispose() => _members.ForEach(static member => member.Dispose());

    private async Task<(JobMember Member, ModelTable Table)> StartAsync(string database, string id)
    {
        JobMember member = await JobMember.StartAsync(database, id, cancellationToken: Token);
        _members.Add(member);
        return (member, new ModelTable(member.Database, TimeProvider.System, fence: null, new MemberPendingFolders(member.Members)));
    }
}
