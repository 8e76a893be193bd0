using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using TopicGrpc.Cluster.Tests.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Tests.Changes;

/// <summary>Changes of one member reach the copies of all members, in the order of the commits.</summary>
public sealed class ChangeFeedTests(PostgresServer server) : IDisposable
{
    private const int Racers = 32;

    private readonly string _connectionString = server.CreateDatabase();
    private readonly List<TestMember> _members = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CatchUpAsync_AfterAChangeOfAnotherMember_RefreshesTheNamedRows()
    {
        TestMember writer = await StartAsync("a");
        List<RowChanges> refreshes = [];
        TestMember reader = Create("b");
        reader.Feed.Register(ChangeKinds.Corpus, Note(refreshes));
        await reader.StartAsync(Token);

        AddCorpus(writer, "news");
        AddCorpus(writer, "mail");
        await reader.Feed.CatchUpAsync(ChangeKinds.Corpus, Token);

        Assert.Null(refreshes[0].Ids);
        Assert.Equal(["mail", "news"], refreshes.Skip(1).SelectMany(static refresh => refresh.Ids!).Order(StringComparer.Ordinal));
        Assert.Equal(refreshes.Select(static refresh => refresh.Number).Order(), refreshes.Select(static refresh => refresh.Number));
    }

    /// <summary>A member that starts may have to fetch large versions first.</summary>
    [Fact]
    public async Task CatchUpAsync_BeforeTheStart_WaitsForARefreshThatTakesLong()
    {
        TestMember writer = await StartAsync("a");
        AddCorpus(writer, "news");
        FakeTimeProvider clock = new();
        TestMember reader = new(_connectionString, "b", clock);
        _members.Add(reader);
        TaskCompletionSource refreshing = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource refreshed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        reader.Feed.Register(
            ChangeKinds.Corpus,
            (_, _) =>
            {
                refreshing.TrySetResult();
                return refreshed.Task;
            });

        Task caughtUp = reader.Feed.CatchUpAsync(ChangeKinds.Corpus, Token);
        await refreshing.Task.WaitAsync(Token);
        clock.Advance(TimeSpan.FromMinutes(10));
        refreshed.SetResult();

        await caughtUp;
    }

    [Fact]
    public async Task CatchUpAsync_TransactionThatIsRolledBackOrChangesNothing_RefreshesNothing()
    {
        TestMember writer = await StartAsync("a");
        List<RowChanges> refreshes = [];
        writer.Feed.Register(ChangeKinds.Corpus, Note(refreshes));
        await writer.Feed.CatchUpAsync(ChangeKinds.Corpus, Token);

        Assert.Throws<FormatException>(() => writer.Database.Write<int>(connection =>
        {
            AddCorpus(connection, "news");
            throw new FormatException();
        }));
        writer.Database.Write(static connection => connection.Execute("DELETE FROM corpora WHERE id = 'none'"));
        await writer.Feed.CatchUpAsync(ChangeKinds.Corpus, Token);

        Assert.Single(refreshes);
        Assert.Equal(0, Scalar(writer, "SELECT count(*) FROM changes"));
    }

    [Fact]
    public async Task WriteAsync_ManyMembersAtOnce_NumbersHaveTheOrderOfTheCommits()
    {
        TestMember[] members = [await StartAsync("a"), await StartAsync("b"), await StartAsync("c")];
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        HashSet<long> seen = [];
        var reader = Task.Run(
            () =>
            {
                for (long last = 0; !stop.IsCancellationRequested;)
                {
                    List<long> numbers = members[0].Database.Read(static connection => connection.Query(
                        "SELECT number FROM changes ORDER BY number", static row => row.GetInt64(0)));
                    Assert.DoesNotContain(numbers, number => number < last && !seen.Contains(number));
                    seen.UnionWith(numbers);
                    last = numbers.LastOrDefault();
                }
            },
            Token);

        await Task.WhenAll(Enumerable.Range(0, Racers * 4).Select(racer => members[racer % 3].Database.WriteAsync(
            connection => AddCorpus(connection, FormattableString.Invariant($"c{racer}")), Token)));
        await stop.CancelAsync();
        await reader;

        Assert.Equal(Racers * 4, Scalar(members[0], "SELECT count(*) FROM changes"));
    }

    [Fact]
    public async Task WaitForAllAsync_CopyOfAnotherMemberIsSlow_CompletesAfterIt()
    {
        TestMember writer = await StartAsync("a");
        TestMember slow = Create("b");
        using SemaphoreSlim refreshing = new(1);
        slow.Feed.Register(ChangeKinds.Corpus, (_, token) => refreshing.WaitAsync(token));
        await slow.StartAsync(Token);
        AddCorpus(writer, "news");

        Task<IReadOnlyList<string>> waiting = writer.Feed.WaitForAllAsync(Token);
        await slow.Feed.CatchUpAsync(ChangeKinds.Key, Token);
        Assert.False(waiting.IsCompleted);
        refreshing.Release();

        Assert.Empty(await waiting);
        Assert.True(Scalar(writer, "SELECT applied FROM members WHERE id = 'b'") > 1);
    }

    [Fact]
    public async Task WaitForAllAsync_MemberIsDeclaredDead_DoesNotWaitForIt()
    {
        TestMember writer = await StartAsync("a");
        TestMember dead = Create("b");
        int refreshes = 0;
        dead.Feed.Register(
            ChangeKinds.Corpus,
            (_, token) => Interlocked.Increment(ref refreshes) == 1 ? Task.CompletedTask : Task.Delay(Timeout.Infinite, token));
        await dead.StartAsync(Token);
        AddCorpus(writer, "news");

        Task<IReadOnlyList<string>> waiting = writer.Feed.WaitForAllAsync(Token);
        writer.Database.Read(static connection => connection.Query("SELECT 1", static row => row.GetInt32(0)));
        Assert.False(waiting.IsCompleted);
        await using (Npgsql.NpgsqlConnection connection = await writer.Database.Source.OpenConnectionAsync(Token))
        {
            connection.Execute("UPDATE members SET state = 2 WHERE id = 'b'");
        }

        Assert.Empty(await waiting);
    }

    [Fact]
    public async Task Refresh_Fails_IsRepeatedWithTheSameRows()
    {
        TestMember writer = await StartAsync("a");
        const string All = "*";
        ConcurrentQueue<string> refreshed = [];
        bool isAdded = false;
        writer.Feed.Register(ChangeKinds.Corpus, (changes, _) =>
        {
            if (!Volatile.Read(ref isAdded))
            {
                return Task.CompletedTask;
            }

            refreshed.Enqueue(changes.Ids is null ? All : string.Join(',', changes.Ids));
            return refreshed.Count == 1 ? throw new IOException("The first one fails.") : Task.CompletedTask;
        });
        Volatile.Write(ref isAdded, true);
        AddCorpus(writer, "news");

        await writer.Feed.CatchUpAsync(ChangeKinds.Corpus, Token);

        // The feed may have a gap in its numbers, after which it refreshes all rows.
        string[] calls = [.. refreshed];
        Assert.True(calls.Length >= 2, $"{calls.Length} refreshes");
        Assert.All(calls[..2], static rows => Assert.Contains(rows, (string[])["news", All]));
        Assert.True(calls[1] == calls[0] || calls[1] == All);
    }

    [Fact]
    public async Task Listen_ConnectionsAreCut_ChangesArriveAllTheSame()
    {
        TestMember writer = await StartAsync("a");
        TaskCompletionSource arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TestMember reader = Create("b");
        reader.Feed.Register(ChangeKinds.Corpus, (changes, _) =>
        {
            if (changes.Ids is { Count: > 0 })
            {
                arrived.TrySetResult();
            }

            return Task.CompletedTask;
        });
        await reader.StartAsync(Token);
        writer.Database.Read(static connection => connection.Query(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            static row => row.GetBoolean(0)));

        AddCorpus(writer, "news");

        await arrived.Task.WaitAsync(TimeSpan.FromSeconds(30), Token);
    }

    [Fact]
    public async Task CatchUpAsync_DatabaseIsAway_ReportsUnavailableWithADelay()
    {
        using PostgresServer own = new();
        using TestMember member = new(own.CreateDatabase(), "a");
        member.Feed.Register(ChangeKinds.Model, static (_, _) => Task.CompletedTask);
        await member.StartAsync(Token);
        own.Crash();

        Exception? thrown = await Record.ExceptionAsync(() => member.Feed.CatchUpAsync(ChangeKinds.Model, Token));
        own.Start();

        ServiceException failure = Assert.IsType<ServiceException>(thrown);
        Assert.Equal((Grpc.Core.StatusCode.Unavailable, "STORAGE_UNAVAILABLE"), (failure.Code, failure.Reason));
        Assert.NotNull(failure.RetryAfter);
        await member.Feed.CatchUpAsync(ChangeKinds.Model, Token);
    }

    public void Dispose() => _members.ForEach(static member => member.Dispose());

    private static CopyRefresh Note(List<RowChanges> refreshes) => (changes, _) =>
    {
        refreshes.Add(changes);
        return Task.CompletedTask;
    };

    private static int AddCorpus(System.Data.Common.DbConnection connection, string id) => connection.Execute(
        "INSERT INTO corpora (id, display_name, created, request_id) VALUES (@id, '', 1, '')", ("@id", id));

    private static void AddCorpus(TestMember member, string id) => member.Database.Write(connection => AddCorpus(connection, id));

    private static long Scalar(TestMember member, string sql) =>
        member.Database.Read(connection => connection.Query(sql, static row => row.GetInt64(0))[0]);

    private TestMember Create(string id)
    {
        TestMember member = new(_connectionString, id);
        _members.Add(member);
        return member;
    }

    private async Task<TestMember> StartAsync(string id)
    {
        TestMember member = Create(id);
        await member.StartAsync(Token);
        return member;
    }
}
