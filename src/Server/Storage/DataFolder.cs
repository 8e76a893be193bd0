using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Archive;

namespace TopicGrpc.Server.Storage;

/// <summary>The data folder, locked by this process until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Creates the folder and acquires its lock.</summary>
    /// <exception cref="InvalidOperationException">Another server uses the folder.</exception>
    public DataFolder(IOptions<StorageOptions> options)
    {
        Root = Path.GetFullPath(options.Value.Directory);
        Directory.CreateDirectory(Root);
        string path = Path.Combine(Root, "LOCK");
        try
        {
            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException($"The data folder '{Root}' is in use by another server.", exception);
        }

        // Incomplete files of a crashed process are never used.
        if (Directory.Exists(Staging))
        {
            Directory.Delete(Staging, recursive: true);
        }

        Directory.CreateDirectory(Staging);
        Directory.CreateDirectory(Corpora);
        Directory.CreateDirectory(Models);
    }

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

    /// <summary>Moves a folder into quarantine under a free name.</summary>
    /// <returns>New path of the folder.</returns>
    public string MoveToQuarantine(string directory, string name)
    {
        string target = Path.Combine(Quarantine, name);
        for (int copy = 2; Directory.Exists(target); copy++)
        {
            target = Path.Combine(Quarantine, FormattableString.Invariant($"{name}.{copy}"));
        }

        DurableFolder.Move(directory, target);
        return target;
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
