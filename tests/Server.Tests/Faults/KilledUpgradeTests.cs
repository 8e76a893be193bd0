using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Faults;

/// <summary>
/// The process is killed inside each step of the upgrade of a database of schema 1. The next start completes the upgrade with all data, and
/// a copy from before it exists.
/// </summary>
public sealed class KilledUpgradeTests
{
    public static TheoryData<string> Statements =>
    [
        // The last statement of every step, before its transaction is committed; later steps of the schema are added by themselves.
        .. Enumerable.Range(2, SqliteSchema.Version - 1).Select(static version =>
            FormattableString.Invariant($"PRAGMA user_version = {version}")),
        "VACUUM INTO",
        "CREATE TABLE traffic",
        "INSERT INTO version_contents",
        "DROP COLUMN fit_message",
        "CREATE TABLE pending_folders",
        "INSERT INTO meta",
    ];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task Open_KilledInAStepOfTheUpgrade_ContinuesWithAllData(string statement)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The child process ends itself by a signal.");
        using TempFolder killed = new();
        using TempFolder whole = new();
        CreateSchema1(killed.Path);
        CreateSchema1(whole.Path);
        List<string> before = Rows(Path.Combine(killed.Path, "meta.db"));

        Assert.True(await ChildServer.KillUpgradeAsync(killed.Path, statement), "No statement of the upgrade has the text.");
        bool isCopied = statement != "VACUUM INTO";
        Assert.Equal(isCopied, File.Exists(Path.Combine(killed.Path, "meta.db.schema1")));
        Open(killed.Path);
        Open(whole.Path);

        Assert.Equal(Rows(Path.Combine(whole.Path, "meta.db")), Rows(Path.Combine(killed.Path, "meta.db")));
        Assert.Equal(before, Rows(Path.Combine(killed.Path, "meta.db.schema1")));
        Assert.Empty(Directory.GetFiles(killed.Path, "*.partial"));
    }

    private static void Open(string folder)
    {
        using DataFolder data = new(Options.Create(new StorageOptions { Directory = folder }), DiskStorage.Instance);
        using SqliteDatabase database = new(data);
        Assert.Equal(
            SqliteSchema.Version, database.Read(static connection => connection.Query("PRAGMA user_version", Number)[0]));
    }

    private static int Number(DbDataReader row) => row.GetInt32(0);

    /// <summary>Creates a data folder as the first release left it.</summary>
    private static void CreateSchema1(string folder)
    {
        Directory.CreateDirectory(Path.Combine(folder, "corpora"));
        Directory.CreateDirectory(Path.Combine(folder, "models"));
        using SqliteConnection connection = Connect(Path.Combine(folder, "meta.db"));
        connection.Execute("PRAGMA journal_mode=WAL");
        connection.Execute(SqliteSchema.Text);
        connection.Execute("INSERT INTO corpora VALUES ('news', 'News', 5, 'once')");
        connection.Execute("INSERT INTO models VALUES ('m', 6, 3)");
        for (int number = 1; number <= 3; number++)
        {
            ModelVersion version = new()
            {
                Name = FormattableString.Invariant($"models/m/versions/{number}"),
                VersionNumber = number,
                TopicCount = 7,
                Report = new FitReport { TopicCount = 7, Settings = new FitSettings { Seed = number } },
            };
            Fit fit = new()
            {
                Name = FormattableString.Invariant($"fits/f{number}"),
                Model = "models/m",
                Corpus = "corpora/news",
                State = Fit.Types.State.Succeeded,
                ModelVersion = version.Name,
                Settings = new FitSettings { Seed = number },
                Report = version.Report,
            };
            connection.Execute(
                "INSERT INTO versions VALUES ('m', $number, $version)", ("$number", number), ("$version", version.ToByteArray()));
            connection.Execute(
                """
                INSERT INTO fits (id, model, request_id, request_sha256, attempts, last_sequence, fit_message)
                VALUES ($id, 'm', $request, $sha, 1, 1000005, $fit)
                """,
                ("$id", "f" + number.ToString(CultureInfo.InvariantCulture)),
                ("$request", "r" + number.ToString(CultureInfo.InvariantCulture)),
                ("$sha", new byte[] { 1, 2, 3 }),
                ("$fit", fit.ToByteArray()));
        }

        connection.Execute("INSERT INTO labels VALUES ('m', 'stable', 3, 2)");
    }

    /// <summary>Returns every row of every table; the id of the folder is random.</summary>
    [SuppressMessage("Security", "CA2100", Justification = "The names are those of the schema.")]
    private static List<string> Rows(string path)
    {
        using SqliteConnection connection = Connect(path);
        List<string> rows = connection.Query("PRAGMA user_version", static row => "schema " + row.GetString(0));
        foreach (string table in connection.Query(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name <> 'meta' ORDER BY name", static row => row.GetString(0)))
        {
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = $"SELECT * FROM {table}";
            using SqliteDataReader reader = command.ExecuteReader();
            while (reader.Read())
            {
                rows.Add(table + ": " + string.Join(" | ", Enumerable.Range(0, reader.FieldCount).Select(column =>
                    reader.GetName(column) + "=" + (reader.IsDBNull(column) ? "NULL"
                        : reader.GetValue(column) is byte[] bytes ? Convert.ToHexString(bytes)
                        : Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)))));
            }
        }

        return rows;
    }

    private static SqliteConnection Connect(string path)
    {
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }
}
