using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Server.Storage;

/// <summary>The data folder, locked by this process until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Creates the folder and acquires its lock.</summary>
    /// <exception cref="InvalidOperationException">Another server uses the folder.</exception>
    public DataFolder(IOptions<StorageOptions> options, IFileStorage files)
    {
        Files = files;
        Root = Path.GetFullPath(options.Value.Directory);
        files.CreateFolder(Root);
        string path = Path.Combine(Root, "LOCK");
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"The data folder '{Root}' is in use by another server.", exception);
        }

        try
        {
            // Incomplete files of a crashed process are never used.
            files.DeleteFolderIfExists(Staging);
            files.CreateFolder(Staging);
            files.CreateFolder(Corpora);
            files.CreateFolder(Models);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The calls to the file system. Everything in the folder except the database and the lock uses them.</summary>
    public IFileStorage Files { get; }

    /// <summary>Full path of the folder.</summary>
    public string Root { get; }

    /// <summary>Path of the metadata database.</summary>
    public string Database => Path.Combine(Root, "meta.db");

    /// <summary>One folder per corpus.</summary>
    public string Corpora => Path.Combine(Root, "corpora");

    /// <summary>One folder per model.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>Incomplete files and folders; emptied at startup.</summary>
    public string Staging => Path.Combine(Root, "staging");

    /// <summary>Folders that are damaged or that the database does not refer to.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Returns the path of a new folder in <see cref="Staging"/>, which is not created yet.</summary>
    public string NewStagingPath() => Path.Combine(Staging, Guid.NewGuid().ToString("N"));

    /// <summary>Moves a folder into quarantine under a free name.</summary>
    /// <returns>New path of the folder.</returns>
    public string MoveToQuarantine(string directory, string name)
    {
        string target = Path.Combine(Quarantine, name);
        for (int copy = 2; Files.FolderExists(target); copy++)
        {
            target = Path.Combine(Quarantine, FormattableString.Invariant($"{name}.{copy}"));
        }

        Files.MoveFolder(directory, target);
        return target;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
