using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TopicGrpc.Cluster.Postgres;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Testing;

namespace TopicGrpc.Cluster.Tests.Postgres;

public sealed class PostgresMigratorTests(PostgresServer server)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<int> OlderVersions => [.. Enumerable.Range(0, PostgresSchema.Migrations.Count)];

    [Fact]
    public async Task Run_ManyServersStartAtOnce_EachStepRunsOnce()
    {
        await using var source = NpgsqlDataSource.Create(server.CreateDatabase());

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Factory.StartNew(
            () =>
            {
                using NpgsqlConnection connection = source.OpenConnection();
                PostgresMigrator.Run(connection, PostgresSchema.Migrations, NullLogger.Instance);
            },
            Token,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        await using NpgsqlConnection reader = await source.OpenConnectionAsync(Token);
        Assert.Equal(
            PostgresSchema.Migrations.Select(static step => (long)step.Version),
            reader.Query("SELECT version FROM migrations ORDER BY version", static row => row.GetInt64(0)));
    }

    [Theory]
    [MemberData(nameof(OlderVersions))]
    public void Run_TablesOfAnOlderVersion_GivesTheTablesOfANewDatabase(int version)
    {
        using var old = NpgsqlDataSource.Create(server.CreateDatabase());
        using var empty = NpgsqlDataSource.Create(server.CreateDatabase());
        using NpgsqlConnection migrated = old.OpenConnection();
        using NpgsqlConnection created = empty.OpenConnection();
        if (version > 0)
        {
            PostgresMigrator.Run(migrated, [.. PostgresSchema.Migrations.Take(version)], NullLogger.Instance);
            migrated.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 7)");
        }

        PostgresMigrator.Run(migrated, PostgresSchema.Migrations, NullLogger.Instance);
        PostgresMigrator.Run(created, PostgresSchema.Migrations, NullLogger.Instance);

        Assert.Equal(Columns(created), Columns(migrated));
        Assert.Equal(version > 0 ? [7L] : [], migrated.Query("SELECT last_version FROM models", static row => row.GetInt64(0)));
    }

    [Fact]
    public void Run_NewerTablesThatThisServerCanUse_Succeeds()
    {
        using var source = NpgsqlDataSource.Create(server.CreateDatabase());
        using NpgsqlConnection connection = source.OpenConnection();
        PostgresMigration additive = new(
            PostgresSchema.Migrations[^1].Version + 1,
            "additive",
            PostgresSchema.Migrations[^1].MinimumServer,
            "ALTER TABLE models ADD COLUMN added TEXT NOT NULL DEFAULT ''");
        PostgresMigrator.Run(connection, [.. PostgresSchema.Migrations, additive], NullLogger.Instance);

        PostgresMigrator.Run(connection, PostgresSchema.Migrations, NullLogger.Instance);

        connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 1, 1)");
    }

    [Fact]
    public void Run_NewerTablesThatNeedANewerServer_Fails()
    {
        using var source = NpgsqlDataSource.Create(server.CreateDatabase());
        using NpgsqlConnection connection = source.OpenConnection();
        int next = PostgresSchema.Migrations[^1].Version + 1;
        PostgresMigration breaking = new(next, "breaking", next, "ALTER TABLE models DROP COLUMN created");
        PostgresMigrator.Run(connection, [.. PostgresSchema.Migrations, breaking], NullLogger.Instance);

        StartupException failure = Assert.Throws<StartupException>(
            () => PostgresMigrator.Run(connection, PostgresSchema.Migrations, NullLogger.Instance));

        Assert.Contains(next.ToString(CultureInfo.InvariantCulture), failure.Message, StringComparison.Ordinal);
        Assert.Contains("newer server", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_StepFails_LeavesTheTablesAsTheyWere()
    {
        using var source = NpgsqlDataSource.Create(server.CreateDatabase());
        using NpgsqlConnection connection = source.OpenConnection();
        PostgresMigrator.Run(connection, PostgresSchema.Migrations, NullLogger.Instance);
        List<string> before = Columns(connection);
        int next = PostgresSchema.Migrations[^1].Version + 1;
        PostgresMigration broken = new(next, "broken", 1, "CREATE TABLE half (id TEXT); SELECT 1 / 0");

        Assert.Throws<PostgresException>(
            () => PostgresMigrator.Run(connection, [.. PostgresSchema.Migrations, broken], NullLogger.Instance));

        Assert.Equal(before, Columns(connection));
    }

    /// <summary>A column that a new step of the SQLite schema adds needs a migration here.</summary>
    [Fact]
    public void Migrations_TablesOfTheServer_HaveTheColumnsOfSqlite()
    {
        using TempFolder folder = new();
        List<string> expected = SqliteFile.Create(folder.At("meta.db"), static connection => connection
            .Query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'", static row => row.GetString(0))
            .SelectMany(table => connection.Query(
                "SELECT name FROM pragma_table_info(@table)", row => table + "." + row.GetString(0), ("@table", table)))
            .Order(StringComparer.Ordinal)
            .ToList());
        using var source = NpgsqlDataSource.Create(server.CreateDatabase());
        using NpgsqlConnection connection = source.OpenConnection();
        PostgresMigrator.Run(connection, PostgresSchema.Migrations, NullLogger.Instance);
        HashSet<string> tables = [.. expected.Select(static column => column[..column.IndexOf('.', StringComparison.Ordinal)])];

        Assert.Equal(tables.Order(StringComparer.Ordinal), MetadataCopy.Tables.Order(StringComparer.Ordinal));
        Assert.Equal(expected, connection
            .Query(
                "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'",
                static row => (Table: row.GetString(0), Column: row.GetString(1)))
            .Where(row => tables.Contains(row.Table))
            .Select(static row => row.Table + "." + row.Column)
            .Order(StringComparer.Ordinal));
    }

    private static List<string> Columns(NpgsqlConnection connection) => connection.Query(
        """
        SELECT table_name || '.' || column_name || ' ' || data_type || ' ' || is_nullable || ' ' || coalesce(column_default, '')
        FROM information_schema.columns WHERE table_schema = 'public' ORDER BY 1
        """,
        static row => row.GetString(0));
}
