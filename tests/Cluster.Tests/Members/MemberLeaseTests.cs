using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Members;

/// <summary>Members of a cluster change one database at the same time; a member that was declared dead changes nothing.</summary>
public sealed class MemberLeaseTests(PostgresServer server) : IDisposable
{
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromMinutes(1);

    // The tests call what the keeper of the lease does.
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    private readonly string _connectionString = server.CreateDatabase();
    private readonly List<TestDataFolder> _folders = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Open_TwoMembers_BothChangeMetadata()
    {
        using PostgresDatabase first = Open("a");
        using PostgresDatabase second = Open("b");

        Insert(first, "of-a");
        Insert(second, "of-b");

        Assert.Equal(["of-a", "of-b"], Models(first));
        Assert.Equal(["of-a", "of-b"], Models(second));
        Assert.Equal(
            [("a", MemberState.Starting), ("b", MemberState.Starting)],
            second.Member!.List.All.Select(static member => (member.Id, member.State)));
    }

    [Fact]
    public async Task Open_ManyMembersAtOnceOnANewDatabase_AllWork()
    {
        PostgresDatabase[] databases = await Task.WhenAll(Enumerable.Range(0, 4).Select(index =>
        {
            DataFolder folder = NewFolder();
            return Task.Run(() => Open(FormattableString.Invariant($"m{index}"), folder), Token);
        }));

        try
        {
            Assert.Equal(4, databases[0].Read(static connection => MemberTable.Read(connection)).Count);
            Assert.All(databases, static database => Insert(database, FormattableString.Invariant($"of-{database.Member!.Id}")));
        }
        finally
        {
            Array.ForEach(databases, static database => database.Dispose());
        }
    }

    [Fact]
    public void Open_SameIdFromAnotherFolder_FailsAndNamesTheOption()
    {
        using PostgresDatabase first = Open("a");

        StartupException failure = Assert.Throws<StartupException>(() => Open("a"));

        Assert.StartsWith("Cluster:Member:Id: ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SameFolderAfterACrash_HasAHigherEpochAndFencesTheOldProcess()
    {
        TestDataFolder folder = new();
        _folders.Add(folder);
        using PostgresDatabase crashed = Open("a", folder.Data);
        using PostgresDatabase next = Open("a", folder.Reopen());

        Assert.True(next.Member!.Epoch > crashed.Member!.Epoch);
        Insert(next, "new");
        Assert.Throws<ServiceException>(() => Insert(crashed, "old"));
        Assert.Equal(["new"], Models(next));
    }

    [Fact]
    public void DeclareDead_LeaseExpired_TheMemberChangesNothing()
    {
        using PostgresDatabase paused = Open("paused");
        using PostgresDatabase other = Open("other");
        MakeSteady("other");
        Expire("paused");

        Assert.Equal(["paused"], DeclareDead(other));
        Assert.Empty(DeclareDead(other));
        ServiceException fault = Assert.Throws<ServiceException>(() => Insert(paused, "stale"));

        Assert.Equal("STORAGE_UNAVAILABLE", fault.Reason);
        Assert.Empty(Models(other));
        Assert.Equal(MemberState.Dead, Assert.Single(Members(other), static member => member.Id == "paused").State);
    }

    [Fact]
    public void DeclareDead_MemberContinues_ItsKeeperReportsTheLoss()
    {
        using ManualResetEventSlim lost = new();
        using PostgresDatabase paused = Open("paused", lost: lost.Set, heartbeat: TimeSpan.FromMilliseconds(200));
        using PostgresDatabase other = Open("other");
        MakeSteady("other");

        // The keeper may renew the lease between the two statements.
        do
        {
            Token.ThrowIfCancellationRequested();
            Expire("paused");
        }
        while (DeclareDead(other).Count == 0);

        Assert.True(lost.Wait(TimeSpan.FromMinutes(2), Token), "The keeper of the lease did not report that it is lost.");
    }

    /// <summary>After an outage of the database all leases have expired. The first member that returns must not end the others.</summary>
    [Fact]
    public void DeclareDead_OwnHeartbeatHadAGap_DeclaresNone()
    {
        using PostgresDatabase first = Open("a");
        using PostgresDatabase second = Open("b");
        MakeSteady("a");
        Expire("b");
        Execute("UPDATE members SET heartbeat = heartbeat - interval '1 hour' WHERE id = 'a'");

        using NpgsqlConnection connection = Connect();
        MemberTable.Beat(connection, "a", first.Member!.Epoch, LeaseTimeout);

        Assert.Empty(DeclareDead(first));
        Insert(second, "of-b");
    }

    [Fact]
    public async Task DeclareDead_MemberIsInATransaction_IsSkippedUntilItEnds()
    {
        using PostgresDatabase paused = Open("paused");
        using PostgresDatabase other = Open("other");
        MakeSteady("other");
        using ManualResetEventSlim isInside = new();
        using ManualResetEventSlim mayContinue = new();
        Task<int> write = Task.Run(
            () => paused.Write(connection =>
            {
                isInside.Set();
                mayContinue.Wait(Token);
                return connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)");
            }),
            Token);
        isInside.Wait(Token);
        Expire("paused");

        Assert.Empty(DeclareDead(other));
        mayContinue.Set();
        Assert.Equal(1, await write);
        Expire("paused");
        Assert.Equal(["paused"], DeclareDead(other));
    }

    [Fact]
    public void Dispose_Member_LeavesTheListAtOnce()
    {
        using PostgresDatabase first = Open("a");
        Open("b").Dispose();

        Assert.Equal(["a"], Members(first).Select(static member => member.Id));
    }

    [Fact]
    public void Open_DatabaseOfASingleServer_FailsWithTheNextStep()
    {
        using (PostgresDatabase single = new(Database(), NewFolder(), TimeProvider.System))
        {
            Assert.Contains("in use", Assert.Throws<StartupException>(() => Open("a")).Message, StringComparison.Ordinal);
            Insert(single, "of-single");
        }

        StartupException failure = Assert.Throws<StartupException>(() => Open("a"));

        Assert.Contains("Use an empty database", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_SingleServerOnTheDatabaseOfACluster_FailsAndNamesTheOption()
    {
        Open("a").Dispose();

        StartupException failure =
            Assert.Throws<StartupException>(() => new PostgresDatabase(Database(), NewFolder(), TimeProvider.System));

        Assert.Contains("Cluster:ObjectStore:Folder", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderOfAnotherCluster_Fails()
    {
        TestDataFolder folder = new();
        _folders.Add(folder);
        Open("a", folder.Data).Dispose();
        string other = server.CreateDatabase();

        StartupException failure = Assert.Throws<StartupException>(() => new PostgresDatabase(
            Database(other), folder.Data, TimeProvider.System, member: new MemberIdentity("a", MemberRole.All)));

        Assert.Contains("another cluster", failure.Message, StringComparison.Ordinal);
        Assert.Equal(StartupException.DataError, failure.ExitCode);
    }

    [Fact]
    public void SetDraining_LiveAndUnknownMember_ChangesTheLiveOne()
    {
        using PostgresDatabase first = Open("a");
        using NpgsqlConnection connection = Connect();

        Assert.True(MemberTable.SetDraining(connection, "a", isDraining: true));
        Assert.False(MemberTable.SetDraining(connection, "b", isDraining: true));

        Assert.Equal(MemberState.Draining, first.Member!.Refresh(connection).Own.State);
    }

    [Theory]
    [InlineData("heartbeat = heartbeat + interval '1 s'", false)]
    [InlineData("steady_since = now()", false)]
    [InlineData("applied = applied + 1", false)]
    [InlineData("epoch = epoch + 1", true)]
    [InlineData("state = 2", true)]
    [InlineData("role = 2", true)]
    [InlineData("address = 'https://b:1'", true)]
    [InlineData("silo_address = 'b:1'", true)]
    [InlineData("release = '2'", true)]
    [InlineData("is_draining = TRUE", true)]
    public void Digest_RowOfAnotherMemberChanges_ChangesIfTheListDoes(string change, bool isPart)
    {
        using PostgresDatabase first = Open("a");
        using PostgresDatabase second = Open("b");
        using NpgsqlConnection connection = Connect();
        string before = MemberTable.Digest(connection);

        Execute($"UPDATE members SET {change} WHERE id = 'b'");

        Assert.Equal(isPart, MemberTable.Digest(connection) != before);
    }

    [Fact]
    public void Beat_AnotherMemberDrainsOrLeaves_ReadsTheList()
    {
        using PostgresDatabase first = Open("a");
        using PostgresDatabase second = Open("b");
        using NpgsqlConnection connection = Connect();
        MemberHeartbeat heartbeat = first.Member!;
        heartbeat.Beat(connection, deletes: false);
        MemberList before = heartbeat.List;

        heartbeat.Beat(connection, deletes: false);
        Assert.Same(before, heartbeat.List);
        MemberTable.SetDraining(connection, "b", isDraining: true);
        heartbeat.Beat(connection, deletes: false);
        Assert.Equal(MemberState.Draining, Assert.Single(heartbeat.List.All, static member => member.Id == "b").State);
        second.Member!.Leave(connection);
        heartbeat.Beat(connection, deletes: false);
        Assert.Equal("a", Assert.Single(heartbeat.List.All).Id);
    }

    [Fact]
    public void Beat_ManyMembers_SearchesInItsTurnAndSeesItsOwnDrainAtOnce()
    {
        const int Turns = 3;
        using PostgresDatabase first = Open("a");
        using PostgresDatabase second = Open("b");
        Execute(
            $"""
            INSERT INTO members (id, epoch, state, role, release, started, heartbeat, steady_since)
            SELECT 'x' || n, 1, 1, 1, '1', now(), now(), now()
            FROM generate_series(1, {(Turns * MemberHeartbeat.SearchesPerInterval) - 2}) AS n
            """);
        using NpgsqlConnection connection = Connect();
        MemberHeartbeat heartbeat = first.Member!;
        heartbeat.Refresh(connection);
        MakeSteady("a");
        Expire("b");

        int beats = 1;
        for (heartbeat.Beat(connection, deletes: false); IsLive(heartbeat, "b"); heartbeat.Beat(connection, deletes: false))
        {
            beats++;
        }

        Assert.InRange(beats, 1, Turns);
        for (int beat = 0; beat < Turns; beat++)
        {
            MemberTable.SetDraining(connection, "a", isDraining: beat % 2 == 0);
            heartbeat.Beat(connection, deletes: false);
            Assert.Equal(beat % 2 == 0, heartbeat.List.Own.State == MemberState.Draining);
        }
    }

    public void Dispose() => _folders.ForEach(static folder => folder.Dispose());

    private static void Insert(PostgresDatabase database, string model) => database.Write(connection =>
        connection.Execute("INSERT INTO models (id, created, last_version) VALUES (@id, 1, 1)", ("@id", model)));

    private static List<string> Models(PostgresDatabase database) =>
        database.Read(static connection => connection.Query("SELECT id FROM models ORDER BY id", static row => row.GetString(0)));

    private static bool IsLive(MemberHeartbeat heartbeat, string id) => heartbeat.List.All.Single(member => member.Id == id).IsLive;

    private static List<Member> Members(PostgresDatabase database) => database.Read(static connection => MemberTable.Read(connection));

    private DataFolder NewFolder()
    {
        TestDataFolder folder = new();
        _folders.Add(folder);
        return folder.Data;
    }

    private PostgresDatabase Open(string id, DataFolder? folder = null, Action? lost = null, TimeSpan? heartbeat = null) => new(
        Database(),
        folder ?? NewFolder(),
        TimeProvider.System,
        lost: lost,
        member: new MemberIdentity(id, MemberRole.All) { HeartbeatInterval = heartbeat ?? Never });

    private IOptions<PostgresOptions> Database(string? connectionString = null) => Options.Create(new PostgresOptions
    {
        ConnectionString = connectionString ?? _connectionString,
        LeaseTimeout = LeaseTimeout,
        StatementTimeout = TimeSpan.FromMinutes(2),
    });

    private NpgsqlConnection Connect()
    {
        NpgsqlConnection connection = new(_connectionString);
        connection.Open();
        return connection;
    }

    private void Execute(string sql)
    {
        using NpgsqlConnection connection = Connect();
        using NpgsqlCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // Literals of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private List<string> DeclareDead(PostgresDatabase by)
    {
        using NpgsqlConnection connection = Connect();
        return MemberTable.DeclareDead(connection, by.Member!.Id, by.Member.Epoch, LeaseTimeout);
    }

    private void MakeSteady(string id) => Execute($"UPDATE members SET steady_since = steady_since - interval '1 hour' WHERE id = '{id}'");

    private void Expire(string id) =>
        Execute($"UPDATE lease_renewals SET renewed = renewed - interval '2 hours' WHERE name = 'member/{id}'");
}
