using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.Cluster.Tests.Postgres;

/// <summary>One server changes the metadata; a server that was replaced changes nothing.</summary>
public sealed class ServerLeaseTests : IDisposable
{
    private static readonly TimeSpan Long = TimeSpan.FromHours(1);

    private readonly string _connectionString;
    private readonly NpgsqlDataSource _source;
    private readonly NpgsqlConnection _connection;

    public ServerLeaseTests(PostgresServer server)
    {
        ArgumentNullException.ThrowIfNull(server);
        _connectionString = server.CreateDatabase();
        _source = NpgsqlDataSource.Create(_connectionString);
        _connection = _source.OpenConnection();
        PostgresMigrator.Run(_connection, PostgresSchema.Migrations, NullLogger.Instance);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void TryAcquire_AnotherOwnerRenewsIt_Fails()
    {
        ServerLease first = ServerLease.TryAcquire(_connection, "server", "a", Long)!;

        Assert.Null(ServerLease.TryAcquire(_connection, "server", "b", Long));
        Assert.Contains("'a'", ServerLease.Describe(_connection, "server"), StringComparison.Ordinal);
        Assert.True(first.TryRenew(_connection));
    }

    [Fact]
    public void TryAcquire_SameOwnerStartsAgain_HasAHigherEpochAtOnce()
    {
        ServerLease first = ServerLease.TryAcquire(_connection, "server", "a", Long)!;
        ServerLease second = ServerLease.TryAcquire(_connection, "server", "a", Long)!;

        Assert.True(second.Epoch > first.Epoch);
        Assert.False(first.TryRenew(_connection));
        Assert.True(second.TryRenew(_connection));
    }

    [Fact]
    public void TryAcquire_ReleasedOrExpired_Succeeds()
    {
        ServerLease.TryAcquire(_connection, "server", "a", Long)!.Release(_connection);
        ServerLease second = ServerLease.TryAcquire(_connection, "server", "b", Long)!;
        _connection.Execute("UPDATE lease_renewals SET renewed = renewed - interval '2 hours'");
        ServerLease third = ServerLease.TryAcquire(_connection, "server", "c", Long)!;

        Assert.Equal(second.Epoch + 1, third.Epoch);
        second.Release(_connection);
        Assert.True(third.TryRenew(_connection));
        Assert.Null(ServerLease.TryAcquire(_connection, "server", "d", Long));
    }

    [Fact]
    public async Task TryAcquire_ManyServersForAnExpiredLease_OneSucceeds()
    {
        Assert.NotNull(ServerLease.TryAcquire(_connection, "server", "old", Long));
        await _connection.Prepare("UPDATE lease_renewals SET renewed = renewed - interval '2 hours'").ExecuteNonQueryAsync(Token);

        ServerLease?[] leases = await Task.WhenAll(Enumerable.Range(0, 32).Select(racer => Task.Run(
            () =>
            {
                using NpgsqlConnection connection = _source.OpenConnection();
                return ServerLease.TryAcquire(connection, "server", FormattableString.Invariant($"s{racer}"), Long);
            },
            Token)));

        Assert.Single(leases, static lease => lease is not null);
    }

    [Fact]
    public void Write_AnotherServerHasTheLease_ChangesNothingAndReports()
    {
        using TestDataFolder folder = new();
        using ManualResetEventSlim lost = new();
        using PostgresDatabase database = new(Options(), folder.Data, TimeProvider.System, lost: lost.Set);
        database.Write(static connection => connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('before', 1, 1)"));
        TakeOver();

        ServiceException fault = Assert.Throws<ServiceException>(() => database.Write(static connection =>
            connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('stale', 1, 1)")));

        Assert.Equal("STORAGE_UNAVAILABLE", fault.Reason);
        Assert.Equal(
            ["before"], database.Read(static connection => connection.Query("SELECT id FROM models", static row => row.GetString(0))));
        Assert.True(lost.Wait(TimeSpan.FromMinutes(2), Token), "The keeper of the lease did not report that it is lost.");
    }

    /// <summary>
    /// A paused server holds a transaction open; the next one acquires the lease only when that transaction can no longer commit.
    /// </summary>
    [Fact]
    public async Task TryAcquire_OldServerIsInATransaction_WaitsForItsEnd()
    {
        using TestDataFolder folder = new();
        using PostgresDatabase database = new(Options(), folder.Data, TimeProvider.System);
        using ManualResetEventSlim isInside = new();
        using ManualResetEventSlim mayContinue = new();
        var write = Task.Run(
            () => database.Write(connection =>
            {
                isInside.Set();
                mayContinue.Wait(Token);
                return connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)");
            }),
            Token);
        isInside.Wait(Token);
        var takeOver = Task.Run(TakeOver, Token);
        await WaitUntilBlockedAsync();

        Assert.False(takeOver.IsCompleted);
        mayContinue.Set();
        Assert.Equal(1, await write);
        await takeOver;
        Assert.Throws<ServiceException>(() => database.Write(static connection => connection.Execute("DELETE FROM models")));
    }

    [Fact]
    public void Open_AnotherServerUsesTheDatabase_FailsAndNamesIt()
    {
        using TestDataFolder first = new();
        using TestDataFolder second = new();
        using PostgresDatabase database = new(Options(), first.Data, TimeProvider.System);

        StartupException failure = Assert.Throws<StartupException>(() => new PostgresDatabase(Options(), second.Data, TimeProvider.System));

        Assert.Contains(first.Data.Root, failure.Message, StringComparison.Ordinal);
        Assert.Contains("Stop that server", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_DatabaseOfAnotherFolder_Fails()
    {
        using TestDataFolder first = new();
        using TestDataFolder second = new();
        new PostgresDatabase(Options(), first.Data, TimeProvider.System).Dispose();

        StartupException failure = Assert.Throws<StartupException>(() => new PostgresDatabase(Options(), second.Data, TimeProvider.System));

        Assert.Equal(StartupException.DataError, failure.ExitCode);
        Assert.Contains("FOLDER is missing", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_CommitsAreNotDurable_Fails()
    {
        using TestDataFolder folder = new();
        _connection.Execute("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET synchronous_commit = off', current_database()); END $$");

        StartupException failure = Assert.Throws<StartupException>(() => new PostgresDatabase(Options(), folder.Data, TimeProvider.System));

        Assert.Contains("synchronous_commit", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_FolderOfPostgresWithSqlite_FailsAndNamesTheOption()
    {
        using TestDataFolder folder = new();
        new PostgresDatabase(Options(), folder.Data, TimeProvider.System).Dispose();

        StartupException failure = Assert.Throws<StartupException>(() => new SqliteDatabase(folder.Data));

        Assert.Contains("Cluster:Postgres:ConnectionString", failure.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _connection.Dispose();
        _source.Dispose();
    }

    private IOptions<PostgresOptions> Options() => Microsoft.Extensions.Options.Options.Create(new PostgresOptions
    {
        ConnectionString = _connectionString,
        LeaseTimeout = TimeSpan.FromSeconds(2),
        StatementTimeout = TimeSpan.FromMinutes(2),
    });

    private void TakeOver()
    {
        using NpgsqlConnection connection = _source.OpenConnection();
        Assert.NotNull(ServerLease.TryAcquire(connection, PostgresOpening.LeaseName, "next", timeout: TimeSpan.Zero));
    }

    private async Task WaitUntilBlockedAsync()
    {
        while (_connection.Query(
            "SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()",
            static row => row.GetInt32(0)).Count == 0)
        {
            Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
