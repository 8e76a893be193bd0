using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// The common random id of database and data folder: in the file <c>FOLDER</c> and in the table <c>meta</c>. It is written to the database
/// first, then to the file, then the database records that both exist; so an interrupted first start continues, while a lost or exchanged
/// part is detected. Absence of a part never means a new data folder.
/// </summary>
[SuppressMessage("ApiDesign", "RS0030:Do not use banned APIs", Justification = "SQLite reads and writes the database, not the storage.")]
internal static class FolderIdentity
{
    private const int MaxFileBytes = 1024;
    private const string Format = "topicgrpc data folder 1\n";

    private const string Restore = "Nothing was changed; restore the whole data folder from a backup.";

    /// <summary>Checks, before the database is created, that it is not lost.</summary>
    /// <exception cref="StartupException">Other parts of a data folder exist.</exception>
    public static void RequireDatabase(DataFolder folder)
    {
        if (folder.Files.FileExists(folder.Paths.ExternalDatabase))
        {
            throw Lost(
                $"The metadata of the data folder '{folder.Root}' is in PostgreSQL. Set Cluster:Postgres:ConnectionString and use "
                + "the command topicgrpc.");
        }

        FileInfo database = new(folder.Database);
        if (database.Exists && database.Length > 0)
        {
            return;
        }

        string? part = folder.Files.FileExists(folder.Identity) ? "FOLDER"
            : IsFilled(folder, folder.Corpora) ? "corpora"
            : IsFilled(folder, folder.Models) ? "models"
            : null;
        if (part is not null)
        {
            throw Lost($"The data folder '{folder.Root}' has '{part}', but its database meta.db is missing or empty. {Restore}");
        }
    }

    /// <summary>Compares the ids of an opened database and its folder; a new or older data folder gets one.</summary>
    /// <exception cref="StartupException">A part is missing or belongs to another data folder.</exception>
    public static void Require(DbConnection connection, DataFolder folder)
    {
        (string id, bool isComplete) = ReadDatabase(connection);
        if (folder.Files.FileExists(folder.Identity))
        {
            RequireSame(id, folder);
        }
        else if (isComplete)
        {
            throw Lost($"The data folder '{folder.Root}' has a database, but the file FOLDER is missing. {Restore}");
        }
        else
        {
            id = id.Length > 0 ? id : Store(connection, NewId());
            Write(folder, id);
        }

        if (isComplete)
        {
            RequireFolder(folder, folder.Corpora);
            RequireFolder(folder, folder.Models);
        }
        else
        {
            folder.Files.CreateFolder(folder.Corpora);
            folder.Files.CreateFolder(folder.Models);
            connection.Execute("UPDATE meta SET is_complete = 1");
        }
    }

    /// <summary>
    /// Compares the ids of a cluster's database and the data folder of a member, which holds only what can be fetched again. A new folder
    /// gets the id of the database.
    /// </summary>
    /// <exception cref="StartupException">The folder belongs to another cluster or to a single server.</exception>
    public static void RequireMember(DbConnection connection, DataFolder folder)
    {
        connection.Execute(
            "INSERT INTO meta (single, folder_id, is_complete) VALUES (1, @id, 1) ON CONFLICT DO NOTHING", ("@id", NewId()));
        (string id, _) = ReadDatabase(connection);
        bool hasIdentity = folder.Files.FileExists(folder.Identity);
        if (hasIdentity
            ? ReadFile(folder.Files, folder.Identity) != id
            : IsFilled(folder, folder.Corpora) || IsFilled(folder, folder.Models) || folder.Files.FileExists(folder.Database))
        {
            throw Lost(
                $"The data folder '{folder.Root}' belongs to another cluster or to a single server. Give this member an empty folder: it "
                + "fetches everything from the cluster.");
        }

        if (!hasIdentity)
        {
            Write(folder, id);
        }

        folder.Files.CreateFolder(folder.Corpora);
        folder.Files.CreateFolder(folder.Models);
    }

    /// <summary>Records that the metadata of a folder is in another database, so that no server starts it with an empty one.</summary>
    public static void SetExternal(DataFolder folder, string kind)
    {
        if (!folder.Files.FileExists(folder.Paths.ExternalDatabase))
        {
            folder.Files.WriteNew(folder.Paths.ExternalDatabase, Encoding.ASCII.GetBytes(kind + "\n"));
        }
    }

    /// <summary>Reads the id in the file of a data folder.</summary>
    /// <returns>The id; null if the file is damaged.</returns>
    public static string? ReadFile(IFileStorage files, string path)
    {
        string content = Encoding.ASCII.GetString(files.ReadBytes(path, MaxFileBytes));
        return content.StartsWith(Format, StringComparison.Ordinal) ? content[Format.Length..].TrimEnd() : null;
    }

    private static bool IsFilled(DataFolder folder, string path) =>
        folder.Files.FolderExists(path) && folder.Files.ListFolders(path).Count > 0;

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static void RequireSame(string id, DataFolder folder)
    {
        string file = ReadFile(folder.Files, folder.Identity) ?? throw Lost($"'{folder.Identity}' is damaged. {Restore}");

        if (id.Length == 0)
        {
            throw Lost(
                $"The metadata database is older than the data folder '{folder.Root}', so the two may not belong together. "
                + "Restore the whole data folder; to use this database nevertheless, delete the file FOLDER.");
        }

        if (file != id)
        {
            throw Lost($"The metadata database belongs to another data folder than '{folder.Root}'. {Restore}");
        }
    }

    private static void RequireFolder(DataFolder folder, string path)
    {
        if (!folder.Files.FolderExists(path))
        {
            throw Lost($"'{path}' is missing, although the data folder is not new. Is a volume not mounted? {Restore}");
        }
    }

    private static void Write(DataFolder folder, string id)
    {
        string staged = folder.Identity + ".new";
        if (folder.Files.FileExists(staged))
        {
            folder.Files.DeleteFile(staged);
        }

        folder.Files.WriteNew(staged, Encoding.ASCII.GetBytes(Format + id + "\n"));
        folder.Files.ReplaceFile(staged, folder.Identity);
    }

    private static (string Id, bool IsComplete) ReadDatabase(DbConnection connection) => connection
        .Query("SELECT folder_id, is_complete FROM meta", static row => (row.GetString(0), row.GetInt64(1) != 0))
        .FirstOrDefault((string.Empty, false));

    private static string Store(DbConnection connection, string id)
    {
        connection.Execute("INSERT INTO meta (single, folder_id, is_complete) VALUES (1, @id, 0)", ("@id", id));
        return id;
    }

    private static StartupException Lost(string message) => new(message, StartupException.DataError);
}
