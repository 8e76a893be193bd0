using System.Globalization;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Versions on disk in <c>models/{model}/versions/{number}</c>. Each is written to a staging folder and moved into place by one rename.
/// </summary>
internal sealed class ModelStore(DataFolder folder, ILogger<ModelStore> logger, DiskSpace? space = null) : IModelStore
{
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
        NativeModel loaded = ModelArchive.OpenNative(PathOf(modelId, number), folder.Files, cancellationToken);
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

    /// <inheritdoc/>
    public void Delete(string modelId, long number)
    {
        if (!Exists(modelId, number))
        {
            return;
        }

        string staged = folder.NewStagingPath();
        folder.Files.MoveFolder(PathOf(modelId, number), staged);
        folder.Files.DeleteFolder(staged);
    }

    /// <inheritdoc/>
    public bool Exists(string modelId, long number) => folder.Files.FolderExists(PathOf(modelId, number));

    /// <inheritdoc/>
    public void ReportStrays(Func<string, long, bool> isKnown)
    {
        IEnumerable<string> parents = folder.Files.ListFolders(folder.Models)
            .Select(model => folder.Paths.Versions(Path.GetFileName(model)))
            .Where(folder.Files.FolderExists);
        foreach (string versions in parents)
        {
            string modelId = Path.GetFileName(Path.GetDirectoryName(versions))!;
            foreach (string version in folder.Files.ListFolders(versions))
            {
                string name = Path.GetFileName(version);
                if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !isKnown(modelId, number))
                {
                    if (folder.Files.FileExists(Path.Combine(version, "manifest.json")))
                    {
                        Log.Stray(logger, version);
                        folder.Warnings.Add($"The folder models/{modelId}/versions/{name} belongs to no version; it is not used.");
                        continue;
                    }

                    Log.Quarantined(logger, folder.MoveToQuarantine(version, $"{modelId}-{name}"));
                }
            }
        }
    }

    private void Write(string modelId, long number, TopicModel content, CancellationToken cancellationToken)
    {
        string staged = folder.NewStagingPath();
        try
        {
            ModelArchive.Save(content, staged, folder.Files, cancellationToken);
            ModelArchive.Publish(staged, PathOf(modelId, number), folder.Files);
        }
        finally
        {
            folder.Files.DeleteFolderIfExists(staged);
        }
    }

    private string PathOf(string modelId, long number) => folder.Paths.Version(modelId, number);
}
