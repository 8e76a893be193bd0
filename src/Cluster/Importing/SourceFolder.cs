using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Server.Storage.Sqlite;

namespace TopicGrpc.Cluster.Importing;

/// <summary>The data folder of a single server that does not run, locked until it is disposed.</summary>
internal sealed class SourceFolder : IDisposable
{
    private SourceFolder(DataFolder folder)
    {
        Folder = folder;
        Database = new SqliteDatabase(folder);
        Names = Database.Read(StoredNames.Read);
    }

    /// <summary>The folder.</summary>
    public DataFolder Folder { get; }

    /// <summary>Its metadata.</summary>
    public SqliteDatabase Database { get; }

    /// <summary>What the metadata refers to.</summary>
    public StoredNames Names { get; }

    /// <summary>Locks a folder and checks that nothing in it is unfinished.</summary>
    /// <exception cref="StartupException">The folder is not that of a single server, is in use, or has unfinished work.</exception>
    public static SourceFolder Open(string path)
    {
        DataPaths paths = new(Path.GetFullPath(path));
        if (!DiskStorage.Instance.FileExists(paths.Database))
        {
            throw new StartupException(
                $"'{path}' has no metadata database, meta.db. Name the data folder of a single server; for a server with PostgreSQL, "
                + "restore a backup of it and name that folder.",
                StartupException.UsageError);
        }

        DataFolder folder = new(Options.Create(new StorageOptions { Directory = paths.Root }), DiskStorage.Instance);
        SourceFolder? source = null;
        try
        {
            source = new SourceFolder(folder);
            source.RequireFinished();
            return source;
        }
        catch
        {
            source?.Database.Dispose();
            folder.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Database.Dispose();
        Folder.Dispose();
    }

    private void RequireFinished()
    {
        long fits = Count("SELECT count(*) FROM fits WHERE status IN (1, 2, 3)");
        long erasures = Count("SELECT count(*) FROM erasures WHERE places IS NOT NULL");
        if (fits + erasures > 0)
        {
            throw new StartupException(FormattableString.Invariant(
                $"The data folder '{Folder.Root}' has {fits} unfinished fits and {erasures} running erasures. Start its server, let them ")
                + "end or cancel the fits, and stop it again.");
        }
    }

    private long Count(string sql) => Database.Read(connection => connection.Query(sql, static row => row.GetInt64(0))[0]);
}
