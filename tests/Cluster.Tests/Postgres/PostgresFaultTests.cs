using System.Data.Common;
using Grpc.Core;
using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Postgres;

/// <summary>Lost connections, crashes and slow statements: a change takes effect once or not at all, and the caller learns which.</summary>
public sealed class PostgresFaultTests(PostgresServer shared) : IDisposable
{
    private readonly TempFolder _folder = new();
    private DataFolder? _data;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Write_ConnectionIsCutAtTheCommit_TakesEffectOnce(bool hasReachedTheDatabase)
    {
        string direct = shared.CreateDatabase();
        await using CutProxy proxy = new(shared.Port);
        using PostgresDatabase database = Open(Through(direct, proxy), TimeSpan.FromMinutes(2));
        int runs = 0;

        proxy.CutAt("COMMIT", hasReachedTheDatabase);
        int changed = database.Write(connection =>
        {
            runs++;
            return Add(connection, FormattableString.Invariant($"m{runs}"));
        });

        Assert.Equal((1, 1), (changed, proxy.Cuts));
        Assert.Equal(hasReachedTheDatabase ? 1 : 2, runs);
        Assert.Equal([FormattableString.Invariant($"m{runs}")], Models(database));
    }

    [Fact]
    public async Task Write_ConnectionIsCutInTheBody_RunsAgain()
    {
        string direct = shared.CreateDatabase();
        await using CutProxy proxy = new(shared.Port);
        using PostgresDatabase database = Open(Through(direct, proxy), TimeSpan.FromMinutes(2));

        proxy.CutAt("INSERT INTO models", forwards: true);
        database.Write(static connection => Add(connection, "m"));

        Assert.Equal(1, proxy.Cuts);
        Assert.Equal(["m"], Models(database));
    }

    [Fact]
    public async Task Read_ConnectionIsCut_ReadsAgain()
    {
        string direct = shared.CreateDatabase();
        await using CutProxy proxy = new(shared.Port);
        using PostgresDatabase database = Open(Through(direct, proxy), TimeSpan.FromMinutes(2));
        database.Write(static connection => Add(connection, "m"));

        proxy.CutAt("SELECT id", forwards: false);

        Assert.Equal(["m"], Models(database));
        Assert.Equal(1, proxy.Cuts);
    }

    [Fact]
    public void Write_StatementIsSlowerThanTheLimit_FailsWithoutARetry()
    {
        using PostgresDatabase database = Open(shared.CreateDatabase(), TimeSpan.FromMinutes(2), TimeSpan.FromSeconds(1));
        int runs = 0;

        ServiceException fault = Assert.Throws<ServiceException>(() => database.Write(connection =>
        {
            runs++;
            Add(connection, "m");
            return connection.Query("SELECT pg_sleep(300)::text", static row => row.GetString(0));
        }));

        Assert.Equal((StatusCode.Unavailable, "STORAGE_UNAVAILABLE", 1), (fault.Code, fault.Reason, runs));
        Assert.NotNull(fault.RetryAfter);
        Assert.True(database.IsFailing);
        Assert.Empty(Models(database));
        Assert.False(database.IsFailing);
    }

    [Fact]
    public async Task Write_ServerCrashesInTheTransaction_NothingIsHalfDone()
    {
        using PostgresServer server = new();
        using PostgresDatabase database = Open(server.CreateDatabase(), TimeSpan.FromMinutes(2));
        database.Write(static connection => Add(connection, "before"));
        int runs = 0;
        using ManualResetEventSlim isInside = new();
        using ManualResetEventSlim mayContinue = new();

        var write = Task.Run(
            () => database.Write(connection =>
            {
                runs++;
                int changed = Add(connection, "a");
                isInside.Set();
                mayContinue.Wait(Token);
                return changed + Add(connection, "b");
            }),
            Token);
        isInside.Wait(Token);
        server.Crash();
        server.Start();
        mayContinue.Set();

        Assert.Equal(2, await write);
        Assert.Equal(2, runs);
        Assert.Equal(["a", "b", "before"], Models(database));
    }

    [Fact]
    public void Write_DatabaseIsAwayLongerThanTheLimit_FailsWithADelayAndWorksAgain()
    {
        using PostgresServer server = new();
        using PostgresDatabase database = Open(server.CreateDatabase(), TimeSpan.FromSeconds(1));
        server.Crash();

        ServiceException write = Assert.Throws<ServiceException>(() => database.Write(static connection => Add(connection, "m")));
        ServiceException read = Assert.Throws<ServiceException>(() => Models(database));

        Assert.Equal((StatusCode.Unavailable, "STORAGE_UNAVAILABLE"), (write.Code, write.Reason));
        Assert.Equal((StatusCode.Unavailable, "STORAGE_UNAVAILABLE"), (read.Code, read.Reason));
        Assert.NotNull(write.RetryAfter);
        server.Start();
        database.Write(static connection => Add(connection, "m"));
        Assert.Equal(["m"], Models(database));
    }

    [Fact]
    public void Write_TextHasTheCharacterThatPostgresCannotStore_IsRejectedWithTheReason()
    {
        using PostgresDatabase database = Open(shared.CreateDatabase(), TimeSpan.FromMinutes(2));

        ServiceException fault = Assert.Throws<ServiceException>(() => database.Write(static connection => Add(connection, "a\0b")));

        Assert.Equal(StatusCode.InvalidArgument, fault.Code);
        Assert.Contains("U+0000", fault.Message, StringComparison.Ordinal);
        Assert.False(database.IsFailing);
    }

    [Fact]
    public void Open_DatabaseIsUnreachable_NamesHostAndOptionWithoutThePassword()
    {
        StartupException failure = Assert.Throws<StartupException>(() => Open(
            "Host=127.0.0.1;Port=1;Database=d;Username=u;Password=hunter2", TimeSpan.Zero));

        Assert.Contains("127.0.0.1:1", failure.Message, StringComparison.Ordinal);
        Assert.Contains("Cluster:Postgres:ConnectionString", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", failure.ToString(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _data?.Dispose();
        _folder.Dispose();
    }

    private static string Through(string connectionString, CutProxy proxy) =>
        new NpgsqlConnectionStringBuilder(connectionString) { Port = proxy.Port }.ConnectionString;

    private static int Add(DbConnection connection, string id) => connection.Execute(
        "INSERT INTO models (id, created, last_version) VALUES (@id, 1, 1)", ("@id", id));

    private static List<string> Models(PostgresDatabase database) =>
        database.Read(static connection => connection.Query("SELECT id FROM models ORDER BY id", static row => row.GetString(0)));

    private PostgresDatabase Open(string connectionString, TimeSpan retryTimeout, TimeSpan? statementTimeout = null)
    {
        _data ??= new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);
        PostgresOptions options = new()
        {
            ConnectionString = connectionString,
            RetryTimeout = retryTimeout,
            StatementTimeout = statementTimeout ?? TimeSpan.FromMinutes(1),
        };
        return new PostgresDatabase(Options.Create(options), _data, TimeProvider.System);
    }
}
