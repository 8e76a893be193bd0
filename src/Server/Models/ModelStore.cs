using System.Globalization;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Versions on disk in <c>models/{model}/versions/{number}</c>. Each is written to a staging folder and moved into place by one rename.
/// </summary>
internal sealed class ModelStore(DataFolder folder, ILogger<ModelStore> logger) : IModelStore
{
    /// <inheritdoc/>
    public void Save(string modelId, long number, TopicModel content, CancellationToken cancellationToken)
    {
        string staged = Path.Combine(folder.Staging, Guid.NewGuid().ToString("N"));
        try
        {
            ModelArchive.Save(content, staged, cancellationToken);
            ModelArchive.Publish(staged, PathOf(modelId, number));
        }
        finally
        {
            if (Directory.Exists(staged))
            {
                Directory.Delete(staged, recursive: true);
            }
        }
    }

    /// <inheritdoc/>
    public MappedModel Load(string modelId, long number, CancellationToken cancellationToken)
    {
        MappedModel loaded = ModelArchive.Map(PathOf(modelId, number), cancellationToken);
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
        string staged = Path.Combine(folder.Staging, Guid.NewGuid().ToString("N"));
        Directory.Move(PathOf(modelId, number), staged);
        Directory.Delete(staged, recursive: true);
    }

    /// <inheritdoc/>
    public void QuarantineStrays(Func<string, long, bool> isKnown)
    {
        IEnumerable<string> parents = Directory.EnumerateDirectories(folder.Models)
            .Select(static model => Path.Combine(model, "versions"))
            .Where(Directory.Exists);
        foreach (string versions in parents)
        {
            string modelId = Path.GetFileName(Path.GetDirectoryName(versions))!;
            foreach (string version in Directory.GetDirectories(versions))
            {
                string name = Path.GetFileName(version);
                if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !isKnown(modelId, number))
                {
                    Log.Quarantined(logger, folder.MoveToQuarantine(version, $"{modelId}-{name}"));
                }
            }
        }
    }

    private string PathOf(string modelId, long number) =>
        Path.Combine(folder.Models, modelId, "versions", number.ToString(CultureInfo.InvariantCulture));
}
