using System.Reflection;
using System.Text.Json;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// One model in one folder: a manifest with settings, encoder and the hash of every file, and the arrays as raw files.
/// Texts of documents are not kept, but for the representative ones. A model that is saved and loaded answers with the
/// same bits.
/// </summary>
public static class ModelArchive
{
    /// <summary>Writes a model with the questions of <see cref="ModelSelfTest.Record"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must be missing or empty.</param>
    /// <param name="cancellationToken">Stops between two files; what was written stays, without a manifest.</param>
    /// <exception cref="IOException">The folder holds files, or the disk refused.</exception>
    /// <exception cref="ArgumentException">A string of the model is not valid Unicode.</exception>
    public static void Save(TopicModel model, string directory, CancellationToken cancellationToken) =>
        Save(model, directory, ModelSelfTest.Record(model), cancellationToken);

    /// <summary>
    /// Writes a model. Every file and the folder are flushed to disk and the manifest comes last, so a folder with a
    /// manifest is whole. For a folder that appears at once, save beside its place and <see cref="Publish"/>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must be missing or empty.</param>
    /// <param name="selfTest">Questions to keep with it.</param>
    /// <param name="cancellationToken">Stops between two files; what was written stays, without a manifest.</param>
    /// <exception cref="IOException">The folder holds files, or the disk refused.</exception>
    /// <exception cref="ArgumentException">A string of the model is not valid Unicode.</exception>
    public static void Save(TopicModel model, string directory, ModelSelfTest selfTest, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(selfTest);
        Directory.CreateDirectory(directory);
        if (Directory.EnumerateFileSystemEntries(directory).Any())
        {
            throw new IOException($"{directory} is not empty; a model is saved into a folder of its own.");
        }

        ArchiveWriter writer = new(directory, cancellationToken);
        ModelTables.Write(writer, model.State);
        SelfTestTables.Write(writer, selfTest);
        writer.WriteBytes(ArchiveNames.Report, JsonSerializer.SerializeToUtf8Bytes(model.Report, ArchiveJson.FitReport));
        cancellationToken.ThrowIfCancellationRequested();
        ManifestFile.Write(directory, new ArchiveManifest
        {
            Format = ArchiveManifest.CurrentFormat,
            CreatedBy = EngineVersion(),
            Encoder = model.Embedder,
            Options = model.Options,
            LayoutOptions = model.Layout?.Options,
            ClusterOptions = model.Clusters?.Options,
            Documents = model.DocumentIds.Count,
            Topics = model.Topics.Count - model.OutlierOffset,
            Files = writer.Files,
            Digest = "",
        });
        DurableFolder.Flush(directory);
    }

    /// <summary>
    /// Puts a saved folder into its place by one rename and flushes the place's parent: after a crash the version is there whole or not at
    /// all.
    /// </summary>
    /// <param name="staged">Folder that <see cref="Save(TopicModel, string, CancellationToken)"/> wrote, on the same file system.</param>
    /// <param name="destination">Its final name, which must be free; parents are created.</param>
    /// <exception cref="IOException">The name is taken, or the disk refused.</exception>
    public static void Publish(string staged, string destination)
    {
        ArgumentException.ThrowIfNullOrEmpty(staged);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        DurableFolder.Move(staged, destination);
    }

    /// <summary>Reads and verifies the manifest alone.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="InvalidDataException">The manifest is missing, altered or of a format that this build does not read.</exception>
    public static ArchiveManifest ReadManifest(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return ManifestFile.Read(directory);
    }

    /// <summary>Loads a model; every file is checked against the manifest.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read; the message names it.
    /// </exception>
    public static TopicModel Load(string directory, CancellationToken cancellationToken = default) =>
        Open(directory, cancellationToken).Model;

    /// <summary>Loads a model with its manifest and its self-test, which is not run; every file is checked against the manifest.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>Model, manifest, self-test.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read; the message names it.
    /// </exception>
    public static ArchivedModel Open(string directory, CancellationToken cancellationToken = default)
    {
        ArchiveManifest manifest = ReadManifest(directory);
        return Read(manifest, ArchiveContent.Read(directory, manifest.Files, mapping: null, cancellationToken));
    }

    /// <summary>
    /// Loads a model whose large arrays stay in their files, mapped into memory; every file is checked against the manifest. What
    /// predictions do not need (terms, word weights, document ids) is made when it is first asked for.
    /// </summary>
    /// <param name="directory">Folder of a model. Its files may be removed while the model is in use, but not changed.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The model, until it is disposed.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read; the message names it.
    /// </exception>
    public static MappedModel Map(string directory, CancellationToken cancellationToken = default) =>
        Map(directory, ArchiveMapping.DefaultLeastBytes, cancellationToken);

    internal static MappedModel Map(string directory, int leastMappedBytes, CancellationToken cancellationToken)
    {
        ArchiveMapping mapping = new() { LeastBytes = leastMappedBytes };
        try
        {
            ArchiveManifest manifest = ReadManifest(directory);
            return new MappedModel(Read(manifest, ArchiveContent.Read(directory, manifest.Files, mapping, cancellationToken)), mapping);
        }
        catch
        {
            mapping.Dispose();
            throw;
        }
    }

    private static ArchivedModel Read(ArchiveManifest manifest, ArchiveContent content)
    {
        try
        {
            FitReport report = JsonSerializer.Deserialize(content.Bytes(ArchiveNames.Report), ArchiveJson.FitReport)
                ?? throw new InvalidDataException($"{ArchiveNames.Report} says nothing.");
            TopicModel model = new(ModelTables.Read(content, manifest, report).WithUids());
            return new ArchivedModel(model, manifest, SelfTestTables.Read(content, manifest.Encoder.Dimension));
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            // All files are as written, so whoever wrote them put parts together that do not fit.
            throw new InvalidDataException($"The archive's files are whole but make no model: {error.Message}", error);
        }
    }

    private static string EngineVersion() =>
        typeof(ModelArchive).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
