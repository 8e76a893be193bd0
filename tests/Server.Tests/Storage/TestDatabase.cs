using Google.Protobuf;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;
using TopicGrpc.Testing;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Storage;

/// <summary>A metadata database in a folder of its own; it can start as one of an older schema.</summary>
internal sealed class TestDatabase : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly DataFolder _data;

    private TestDatabase() => _data = new DataFolder(Options.Create(new StorageOptions { Directory = _folder.Path }), DiskStorage.Instance);

    public MetadataDatabase Database { get; private set; } = null!;

    /// <summary>Creates an empty database of this build's schema.</summary>
    public static TestDatabase Create()
    {
        TestDatabase created = new();
        created.Database = new SqliteDatabase(created._data);
        return created;
    }

    /// <summary>Creates a database of schema 2, where fits and versions are whole messages, and opens it with this build.</summary>
    public static TestDatabase UpgradeFrom(IReadOnlyList<(Fit Fit, string RequestId)> fits, params ModelVersion[] versions)
    {
        TestDatabase created = new();
        SqliteConnectionStringBuilder connectionString = new() { DataSource = created._data.Database, Pooling = false };
        using (SqliteConnection connection = new(connectionString.ConnectionString))
        {
            connection.Open();
            connection.Execute(SqliteSchema.Text);
            SqliteSchema.Upgrades[0](connection);
            foreach ((Fit fit, string requestId) in fits)
            {
                connection.Execute(
                    """
                    INSERT INTO fits (id, model, request_id, request_sha256, attempts, last_sequence, fit_message)
                    VALUES ($id, 'm', $request, $sha, 1, 1000005, $fit)
                    """,
                    ("$id", fit.Name["fits/".Length..]),
                    ("$request", requestId.Length == 0 ? null : requestId),
                    ("$sha", new byte[] { 1, 2, 3 }),
                    ("$fit", fit.ToByteArray()));
            }

            connection.Execute("INSERT INTO models (id, created, last_version) VALUES ('m', 5, 9)");
            foreach (ModelVersion version in versions)
            {
                connection.Execute(
                    "INSERT INTO versions (model, number, version_message) VALUES ('m', $number, $version)",
                    ("$number", version.VersionNumber),
                    ("$version", version.ToByteArray()));
            }
        }

        created.Database = new SqliteDatabase(created._data);
        return created;
    }

    public void Reopen()
    {
        Database.Dispose();
        Database = new SqliteDatabase(_data);
    }

    public long Scalar(string sql) => Database.Read(connection => connection.Query(sql, static row => row.GetInt64(0))[0]);

    public void Dispose()
    {
        Database.Dispose();
        _data.Dispose();
        _folder.Dispose();
    }
}
