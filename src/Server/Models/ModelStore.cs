using System.Globalization;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Models;

/// <summary>Versions on disk: <c>models/{model}/versions/{number}</c>, each written elsewhere and put there by one rename.</summary>
internal sealed class ModelStore(DataFolder folder, ILogger<ModelStore> logger) : IModelStore
{
    /// <inheritdoc/>
    public void Save(string model, long number, TopicModel content, CancellationToken cancellationToken)
    {
        string staged = Path.Combine(folder.Staging, Guid.NewGuid().ToString("N"));
        try
        {
            ModelArchive.Save(content, staged, cancellationToken);
            ModelArchive.Publish(staged, PathOf(model, number));
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
    public MappedModel Load(string model, long number, CancellationToken cancellationToken)
    {
        MappedModel loaded = ModelArchive.Map(PathOf(model, number), cancellationToken);
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
    public void Delete(string model, long number)
    {
        string staged = Path.Combine(folder.Staging, Guid.NewGuid().ToString("N"));
        Directory.Move(PathOf(model, number), staged);
        Directory.Delete(staged, recursive: true);
    }

    /// <inheritdoc/>
    public void QuarantineStrays(Func<string, long, bool> isKnown)
    {
        foreach (string versions in Directory.EnumerateDirectories(folder.Models).Select(model => Path.Combine(model, "versions")).Where(Directory.Exists))
        {
            string model = Path.GetFileName(Path.GetDirectoryName(versions))!;
            foreach (string version in Directory.GetDirectories(versions))
            {
                string name = Path.GetFileName(version);
                if (!long.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out long number) || !isKnown(model, number))
                {
                    Log.Quarantined(logger, folder.MoveToQuarantine(version, $"{model}-{name}"));
                }
            }
        }
    }

    private string PathOf(string model, long number) => Path.Combine(folder.Models, model, "versions", number.ToString(CultureInfo.InvariantCulture));
}
