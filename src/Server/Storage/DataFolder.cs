using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Archive;

namespace TopicGrpc.Server.Storage;

/// <summary>The data folder, held by this process alone until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    /// <summary>Makes the folder and takes its lock.</summary>
    /// <exception cref="InvalidOperationException">Another server holds it.</exception>
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

        // What a crash left half made never counts.
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

    /// <summary>The database of metadata.</summary>
    public string Database => Path.Combine(Root, "meta.db");

    /// <summary>One folder per corpus.</summary>
    public string Corpora => Path.Combine(Root, "corpora");

    /// <summary>One folder per model.</summary>
    public string Models => Path.Combine(Root, "models");

    /// <summary>Things that are being made; emptied at start.</summary>
    public string Staging => Path.Combine(Root, "staging");

    /// <summary>Things that were found damaged or that nothing refers to.</summary>
    public string Quarantine => Path.Combine(Root, "quarantine");

    /// <summary>Moves something out of the way, under a name that is free.</summary>
    /// <returns>Where it is now.</returns>
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
