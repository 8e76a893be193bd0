using System.Data.Common;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>
/// Tables of <see cref="SqliteDatabase"/>. Times are milliseconds since 1970 UTC, in <c>fits</c> ticks of 100 ns since the year 1;
/// columns named <c>…_message</c> hold messages of the contract.
/// </summary>
internal static class SqliteSchema
{
    /// <summary>Schema version that this build reads and writes.</summary>
    public static int Version => Upgrades.Count + 1;

    public const string Text = """
        CREATE TABLE corpora (
            id TEXT PRIMARY KEY,
            display_name TEXT NOT NULL,
            created INTEGER NOT NULL,
            request_id TEXT NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE fits (
            ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
            id TEXT NOT NULL UNIQUE,
            model TEXT NOT NULL,
            request_id TEXT UNIQUE,
            request_sha256 BLOB NOT NULL,
            attempts INTEGER NOT NULL,
            last_sequence INTEGER NOT NULL,
            fit_message BLOB NOT NULL
        );

        CREATE INDEX fits_by_model ON fits (model, ordinal);

        CREATE TABLE models (
            id TEXT PRIMARY KEY,
            created INTEGER NOT NULL,
            last_version INTEGER NOT NULL
        ) WITHOUT ROWID;

        CREATE TABLE versions (
            model TEXT NOT NULL REFERENCES models (id),
            number INTEGER NOT NULL,
            version_message BLOB NOT NULL,
            PRIMARY KEY (model, number)
        ) WITHOUT ROWID;

        CREATE TABLE labels (
            model TEXT NOT NULL REFERENCES models (id),
            label TEXT NOT NULL,
            number INTEGER NOT NULL,
            previous INTEGER,
            PRIMARY KEY (model, label)
        ) WITHOUT ROWID;

        PRAGMA user_version = 1;
        """;

    /// <summary>
    /// Upgrades from schema version n (at index n − 1) to n + 1. A new database runs <see cref="Text"/> and all upgrades, so that both ways
    /// give the same schema.
    /// </summary>
    public static IReadOnlyList<Action<DbConnection>> Upgrades { get; } =
    [
        static connection => connection.Execute(Traffic),
        ContentUpgrade.Run,
        FolderUpgrade.Run,
        static connection => connection.Execute(Keys),
        static connection => connection.Execute(FitCallers),
        static connection => connection.Execute(Erasures),
        static connection => connection.Execute(GivenEmbeddings),
    ];

    private const string Traffic = """
        CREATE TABLE traffic (
            model TEXT PRIMARY KEY REFERENCES models (id),
            since INTEGER NOT NULL,
            policy_message BLOB NOT NULL
        ) WITHOUT ROWID;

        PRAGMA user_version = 2;
        """;

    private const string Keys = """
        CREATE TABLE keys (
            id TEXT PRIMARY KEY,
            created INTEGER NOT NULL,
            secret_sha256 BLOB NOT NULL,
            previous_sha256 BLOB,
            previous_until INTEGER,
            revoked INTEGER,
            last_used INTEGER,
            key_message BLOB NOT NULL
        ) WITHOUT ROWID;

        PRAGMA user_version = 5;
        """;

    private const string FitCallers = """
        ALTER TABLE fits ADD COLUMN created_by TEXT NOT NULL DEFAULT '';

        PRAGMA user_version = 6;
        """;

    // The places of a running erasure are 32-bit numbers, little-endian; NULL after its end.
    private const string Erasures = """
        ALTER TABLE corpora ADD COLUMN retention INTEGER NOT NULL DEFAULT 0;

        CREATE TABLE erasures (
            ordinal INTEGER PRIMARY KEY AUTOINCREMENT,
            name TEXT NOT NULL UNIQUE,
            corpus TEXT NOT NULL,
            request_id TEXT UNIQUE,
            file_id TEXT NOT NULL,
            places BLOB,
            erasure_message BLOB NOT NULL
        );

        PRAGMA user_version = 7;
        """;

    // NULL: nothing was set at the creation of the corpus. 0: the first document sets the dimension.
    private const string GivenEmbeddings = """
        ALTER TABLE corpora ADD COLUMN given_dimension INTEGER;
        ALTER TABLE corpora ADD COLUMN given_encoder TEXT NOT NULL DEFAULT '';

        PRAGMA user_version = 8;
        """;
}
