using System.Data.Common;
using TopicGrpc.Cluster.Erasing;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Tests.Documents;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Erasing;

/// <summary>Which member removes erased documents, and which members the end of an erasure waits for.</summary>
public sealed class ErasureClaimTests(PostgresServer postgres)
{
    private const string Log = "0123456789abcdef0000000000000001";

    [Fact]
    public void TryAcquire_TwoMembers_OneHasItWhileItsRunIsLive()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        Member a = Start(shared, "a", 1);
        Member b = Start(shared, "b", 1);

        Assert.True(Write(shared, connection => ErasureClaim.TryAcquire(connection, a)));
        Assert.True(Write(shared, connection => ErasureClaim.TryAcquire(connection, a)));
        Assert.False(Write(shared, connection => ErasureClaim.TryAcquire(connection, b)));
        Assert.Equal(0, Write(shared, connection => ErasureClaim.Release(connection, b)));

        // The same member in a later run is another one.
        Member later = Start(shared, "a", 2);
        Assert.True(Write(shared, connection => ErasureClaim.TryAcquire(connection, b)));
        Assert.False(Write(shared, connection => ErasureClaim.TryAcquire(connection, later)));

        Die(shared, "b");
        Assert.True(Write(shared, connection => ErasureClaim.TryAcquire(connection, later)));
        Assert.Equal(1, Write(shared, connection => ErasureClaim.Release(connection, later)));
        Assert.False(shared.Database.Read(connection => ErasureClaim.IsOf(connection, later)));
        Member c = Start(shared, "c", 1);
        Assert.True(Write(shared, connection => ErasureClaim.TryAcquire(connection, c)));
    }

    [Fact]
    public void ReadBehind_MembersReport_ListsLiveRunsThatHaveNot()
    {
        using SharedDocuments shared = new(postgres.CreateDatabase());
        Member a = Start(shared, "a", 1);
        Start(shared, "b", 1);
        Start(shared, "c", 1);
        Assert.Equal(["a", "b", "c"], Behind(shared));

        Write(shared, connection => ErasureClaim.Report(connection, a, Log));
        Die(shared, "b");
        Assert.Equal(["c"], Behind(shared));

        // The files of a later run may be others.
        Member later = Start(shared, "a", 2);
        Assert.Equal(["a", "c"], Behind(shared));
        Write(shared, connection => ErasureClaim.Report(connection, later, Log));
        Assert.Equal(["c"], Behind(shared));
    }

    private static Member Start(SharedDocuments shared, string id, long epoch)
    {
        Write(shared, connection =>
        {
            MemberTable.Register(connection, new MemberIdentity(id, MemberRole.All), epoch);
            return true;
        });
        return new Member(id, epoch) { Release = "1", Started = default, Heartbeat = default };
    }

    private static void Die(SharedDocuments shared, string id) => Write(
        shared, connection => connection.Execute("UPDATE members SET state = 2 WHERE id = @id", ("@id", id)));

    private static List<string> Behind(SharedDocuments shared) =>
        shared.Database.Read(static connection => ErasureClaim.ReadBehind(connection, Log));

    private static T Write<T>(SharedDocuments shared, Func<DbConnection, T> change) => shared.Database.Write(change);
}
