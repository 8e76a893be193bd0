using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Storage;

/// <summary>The data folder, locked by this process until it is disposed.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly IDisposable _lock;
    private long _replacements;

    /// <summary>Creates the folder and acquires its lock.</summary>
    /// <exception cref="StartupException">Another server uses the folder, or it cannot be written.</exception>
    public DataFolder(IOptions<StorageOptions> options, IFileStorage files)
    {
        Files = files;
        Paths = new DataPaths(Path.GetFullPath(options.Value.Directory));
        FolderStart.Create(files, Root);
        _lock = FolderStart.Lock(Root);
        try
        {
            // Incomplete files of a crashed process are never used.
            files.DeleteFolderIfExists(Staging);
            files.CreateFolder(Staging);
            if (!files.FileExists(Database) && !files.FileExists(Identity))
            {
                // In a folder that is not new, a missing folder is lost; see FolderIdentity.
                files.CreateFolder(Corpora);
                files.CreateFolder(Models);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _lock.Dispose();
            throw FolderStart.Explain($"The data folder '{Root}' cannot be written", Root, exception);
        }
        catch
        {
            _lock.Dispose();
            throw;
        }
    }

    /// <summary>The calls to the file system. Everything in the folder except the database and the lock uses them.</summary>
    public IFileStorage Files { get; }

    /// <summary>Differences between database and folder.</summary>
    public StorageWarnings Warnings { get; } = new();

    /// <summary>
    /// Number of files that were replaced since the start. A backup during which it changes mixes old and new files.
    /// </summary>
    public long Replacements => Interlocked.Read(ref _replacements);

    /// <summary>The parts of the folder.</summary>
    public DataPaths Paths { get; }

    /// <summary>Full path of the folder.</summary>
    public string Root => Paths.Root;

    /// <summary>Path of the metadata database.</summary>
    public string Database => Paths.Database;

    /// <summary>Path of the file with the id of the folder.</summary>
    public string Identity => Paths.Identity;

    /// <summary>One folder per corpus.</summary>
    public string Corpora => Paths.Corpora;

    /// <summary>One folder per model.</summary>
    public string Models => Paths.Models;

    /// <summary>Files of the audit log.</summary>
    public string Audit => Paths.Audit;

    /// <summary>Incomplete files and folders; emptied at startup.</summary>
    public string Staging => Paths.Staging;

    /// <summary>Folders that are damaged or that the database does not refer to.</summary>
    public string Quarantine => Paths.Quarantine;

    /// <summary>Counts a replacement; called before the file is replaced.</summary>
    public void CountReplacement() => Interlocked.Increment(ref _replacements);

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
