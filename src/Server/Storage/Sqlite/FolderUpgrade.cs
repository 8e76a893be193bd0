using System.Data.Common;

namespace TopicGrpc.Server.Storage.Sqlite;

/// <summary>Schema 3 to 4: the id of the data folder, and the version folders that exist before or after their row.</summary>
internal static class FolderUpgrade
{
    private const string Text = """
        CREATE TABLE meta (
            single INTEGER PRIMARY KEY CHECK (single = 1),
            folder_id TEXT NOT NULL,
            is_complete INTEGER NOT NULL
        );

        CREATE TABLE pending_folders (
            model TEXT NOT NULL,
            number INTEGER NOT NULL,
            PRIMARY KEY (model, number)
        ) WITHOUT ROWID;

        PRAGMA user_version = 4;
        """;

    public static void Run(DbConnection connection) => connection.Execute(Text);
}
