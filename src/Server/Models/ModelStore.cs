using System.Data.Common;
using System.Globalization;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Erasure;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Versions on disk in <c>models/{model}/versions/{number}</c>. Each is written to a staging folder and moved into place by one rename.
/// </summary>
internal sealed class ModelStore(DataFolder folder, ILogger<ModelStore> logger, DiskSpace? space = null) : IModelStore
{
    private const string NewEnding = ".new";
    private const string OldEnding = ".old";

    // Without a known disk, everything is in native memory.
    private readonly ArchiveScratch? _scratch = space is null ? null : new ArchiveScratch(folder.Staging, space.HasRoom);

    // A version has no folder for a moment while its files are replaced: reads and deletions wait.
    private readonly Lock _replacing = new();

    /// <inheritdoc/>
    public void Save(string modelId, long number, TopicModel content, CancellationToken cancellationToken)
    {
        try
        {
            Write(modelId, number, content, cancellationToken);
        }
        catch (IOException exception) when (StorageErrors.IsFull(exception) && space?.ReleaseReserve() == true)
        {
            Log.ReserveReleased(logger);
            Write(modelId, number, content, cancellationToken);
        }
    }

    /// <inheritdoc/>
    public NativeModel Load(string modelId, long number, CancellationToken cancellationToken)
    {
        lock (_replacing)
        {
            return Open(PathOf(modelId, number), cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<IVersionFiles> AcquireFilesAsync(string modelId, long number, bool waits, CancellationToken cancellationToken) =>
        Task.FromResult<IVersionFiles>(new LocalVersionFiles(PathOf(modelId, number)));

    /// <inheritdoc/>
    public Task ShareAsync(string modelId, long number, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void RecordAdded(DbConnection connection, string modelId, long number)
    {
        // The row names the folder by model and number.
    }

    /// <inheritdoc/>
    public void RecordRemoved(DbConnection connection, string modelId, long number)
    {
        // The same transaction records the folder as pending; it is deleted afterwards.
    }

    /// <inheritdoc/>
    public Task<NativeModel> ReplaceAsync(string modelId, long number, TopicModel content, CancellationToken cancellationToken) =>
        Task.FromResult(Replace(modelId, number, content, cancellationToken));

    /// <inheritdoc/>
    public void CompleteReplacement(string modelId, long number)
    {
        string path = PathOf(modelId, number);
        lock (_replacing)
        {
            Complete(path);
        }
    }

    /// <inheritdoc/>
    public Task OpenAsync(IReadOnlyCollection<(string ModelId, long Number)> versions, CancellationToken cancellationToken)
    {
        foreach (string version in Parents().SelectMany(folder.Files.ListFolders).ToArray())
        {
            if (Path.GetExtension(version) is NewEnding or OldEnding)
            {
                Complete(version[..^NewEnding.Length]);
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Delete(string modelId, long number)
    {
        lock (_replacing)
        {
            Remove(PathOf(modelId, number));
        }
    }

    /// <inheritdoc/>
    public long Verify(string modelId, long number, Action<string> report, CancellationToken cancellationToken) =>
        VersionFolder.Verify(folder.Files, PathOf(modelId, number), report, cancellationToken);

    /// <inheritdoc/>
    public bool Exists(string modelId, long number) => folder.Files.FolderExists(PathOf(modelId, number));

    /// <summary>Reads and checks a version as <see cref="Load"/> does, from any folder.</summary>
    /// <exception cref="InvalidDataException">A file is damaged, or a prediction differs.</exception>
    public NativeModel Open(string path, CancellationToken cancellationToken)
    {
        NativeModel loaded = ModelArchive.OpenNative(path, folder.Files, _scratch, cancellationToken);
        try
        {
            loaded.Archive.SelfTest.Check(loaded.Archive.Model, cancellationToken);
            return loaded;
        }
        catch
        {
            loaded.Dispose();
            throw;
        }
    }

    /// <summary>Writes a version without the texts of erased documents to a new staging folder.</summary>
    /// <returns>Path of the folder, which the caller moves or deletes.</returns>
    public string Stage(TopicModel content, CancellationToken cancellationToken)
    {
        string staged = folder.NewStagingPath();
        try
        {
            ModelArchive.Save(DocumentErasure.Blank(content), staged, folder.Files, cancellationToken);
            return staged;
        }
        catch
        {
            folder.Files.DeleteFolderIfExists(staged);
            throw;
        }
    }

    /// <summary>
    /// Reports every version that the database does not refer to and leaves it in place; folders that hold no version go to quarantine.
    /// </summary>
    /// <inheritdoc/>
    public void ResolveStrays(Func<string, long, bool> isKnown)
    {
        foreach ((string modelId, string version) in Strays(isKnown))
        {
            string name = Path.GetFileName(version);
            if (folder.Files.FileExists(Path.Combine(version, "manifest.json")))
            {
                Log.Stray(logger, version);
                folder.Warnings.AddStray(
                    folder.Paths.Relative(version),
                    new StorageWarning(
                        $"The folder models/{modelId}/versions/{name} belongs to no version; it is not used.", ModelId: modelId));
                continue;
            }

            Log.Quarantined(logger, folder.MoveToQuarantine(version, $"{modelId}-{name}"));
        }
    }

    /// <summary>Deletes the folders of versions that do not exist.</summary>
    public void RemoveStrays(Func<string, long, bool> isKnown)
    {
        foreach ((_, string version) in Strays(isKnown))
        {
            Remove(version);
            Log.StrayRemoved(logger, version);
        }
    }

    private NativeModel Replace(string modelId, long number, TopicModel content, CancellationToken cancellationToken)
    {
        string path = PathOf(modelId, number);
        string staged = Stage(content, cancellationToken);
        NativeModel? loaded = null;
        try
        {
            loaded = Open(staged, cancellationToken);
            folder.CountReplacement();
            lock (_replacing)
            {
                Exchange(staged, path);
            }

            return loaded;
        }
        catch
        {
            loaded?.Dispose();
            folder.Files.DeleteFolderIfExists(staged);
            throw;
        }
    }

    private void Write(string modelId, long number, TopicModel content, CancellationToken cancellationToken)
    {
        string staged = Stage(content, cancellationToken);
        try
        {
            ModelArchive.Publish(staged, PathOf(modelId, number), folder.Files);
        }
        finally
        {
            folder.Files.DeleteFolderIfExists(staged);
        }
    }

    private IEnumerable<(string ModelId, string Path)> Strays(Func<string, long, bool> isKnown)
    {
        foreach (string versions in Parents())
        {
            string modelId = Path.GetFileName(Path.GetDirectoryName(versions))!;
            foreach (string version in folder.Files.ListFolders(versions))
            {
                if (!long.TryParse(Path.GetFileName(version), NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                    || !isKnown(modelId, number))
                {
                    yield return (modelId, version);
                }
            }
        }
    }

    private IEnumerable<string> Parents() => folder.Files.ListFolders(folder.Models)
        .Select(model => folder.Paths.Versions(Path.GetFileName(model)))
        .Where(folder.Files.FolderExists);

    private void Exchange(string staged, string path)
    {
        if (!folder.Files.FolderExists(path))
        {
            // The version was deleted meanwhile.
            folder.Files.DeleteFolder(staged);
            return;
        }

        folder.Files.MoveFolder(staged, path + NewEnding);
        folder.Files.MoveFolder(path, path + OldEnding);
        folder.Files.MoveFolder(path + NewEnding, path);
        Remove(path + OldEnding);
    }

    // The new folder is complete, because it was checked before it got its name.
    private void Complete(string path)
    {
        if (!folder.Files.FolderExists(path))
        {
            string ending = folder.Files.FolderExists(path + NewEnding) ? NewEnding : OldEnding;
            if (folder.Files.FolderExists(path + ending))
            {
                folder.Files.MoveFolder(path + ending, path);
            }
        }

        Remove(path + NewEnding);
        Remove(path + OldEnding);
    }

    private void Remove(string path)
    {
        if (folder.Files.FolderExists(path))
        {
            string staged = folder.NewStagingPath();
            folder.Files.MoveFolder(path, staged);
            folder.Files.DeleteFolder(staged);
        }
    }

    private string PathOf(string modelId, long number) => folder.Paths.Version(modelId, number);
}
