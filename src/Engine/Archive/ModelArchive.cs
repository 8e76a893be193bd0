using System.Reflection;
using System.Text.Json;
using TopicGrpc.Engine.Storage;
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
        Save(model, directory, DiskStorage.Instance, cancellationToken);

    /// <summary>Writes a model with the questions of <see cref="ModelSelfTest.Record"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must be missing or empty.</param>
    /// <param name="storage">Where the folder is.</param>
    /// <param name="cancellationToken">Stops between two files; what was written stays, without a manifest.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    /// <exception cref="ArgumentException">A string of the model is not valid Unicode.</exception>
    public static void Save(TopicModel model, string directory, IFileStorage storage, CancellationToken cancellationToken) =>
        Save(model, directory, ModelSelfTest.Record(model), storage, cancellationToken);

    /// <summary>
    /// Writes a model. Every file and the folder are flushed to disk and the manifest comes last, so a folder with a
    /// manifest is whole. For a folder that appears at once, save beside its place and <see cref="Publish(string, string)"/>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must be missing or empty.</param>
    /// <param name="selfTest">Questions to keep with it.</param>
    /// <param name="cancellationToken">Stops between two files; what was written stays, without a manifest.</param>
    /// <exception cref="IOException">The folder holds files, or the disk refused.</exception>
    /// <exception cref="ArgumentException">A string of the model is not valid Unicode.</exception>
    public static void Save(TopicModel model, string directory, ModelSelfTest selfTest, CancellationToken cancellationToken) =>
        Save(model, directory, selfTest, DiskStorage.Instance, cancellationToken);

    private static void Save(
        TopicModel model,
        string directory,
        ModelSelfTest selfTest,
        IFileStorage storage,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(storage);
        ArgumentNullException.ThrowIfNull(model);
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(selfTest);
        storage.CreateFolder(directory);
        if (storage.ListFiles(directory).Count + storage.ListFolders(directory).Count > 0)
        {
            throw new IOException($"{directory} is not empty; a model is saved into a folder of its own.");
        }

        ArchiveWriter writer = new(directory, storage, cancellationToken);
        ModelTables.Write(writer, model.State);
        SelfTestTables.Write(writer, selfTest);
        writer.WriteBytes(ArchiveNames.Report, JsonSerializer.SerializeToUtf8Bytes(model.Report, ArchiveJson.FitReport));
        cancellationToken.ThrowIfCancellationRequested();
        ArchiveManifest manifest = new()
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
        };
        ManifestFile.Write(directory, manifest, storage);
        storage.FlushFolder(directory);
    }

    /// <summary>
    /// Puts a saved folder into its place by one rename and flushes the place's parent: after a crash the version is there whole or not at
    /// all.
    /// </summary>
    /// <param name="staged">Folder that <see cref="Save(TopicModel, string, CancellationToken)"/> wrote, on the same file system.</param>
    /// <param name="destination">Its final name, which must be free; parents are created.</param>
    /// <exception cref="IOException">The name is taken, or the disk refused.</exception>
    public static void Publish(string staged, string destination) => Publish(staged, destination, DiskStorage.Instance);

    /// <summary>Moves a saved folder to its place by one rename, durably: after a crash the version is complete or absent.</summary>
    /// <param name="staged">Folder that <see cref="Save(TopicModel, string, IFileStorage, CancellationToken)"/> wrote.</param>
    /// <param name="destination">Its final path, which must be free; missing folders above it are created.</param>
    /// <param name="storage">Where the folders are.</param>
    /// <exception cref="IOException">The path is taken, or the disk failed.</exception>
    public static void Publish(string staged, string destination, IFileStorage storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(staged);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        ArgumentNullException.ThrowIfNull(storage);
        storage.MoveFolder(staged, destination);
    }

    /// <summary>Reads and verifies the manifest alone.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="InvalidDataException">The manifest is missing, altered or of a format that this build does not read.</exception>
    public static ArchiveManifest ReadManifest(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return ManifestFile.Read(directory, DiskStorage.Instance);
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
        return Read(manifest, ArchiveContent.Read(directory, manifest.Files, DiskStorage.Instance, memory: null, cancellationToken));
    }

    /// <summary>
    /// Loads a model whose large arrays are in native memory; every file is checked against the manifest. What predictions do not need
    /// (terms, word weights, document ids) is decoded at its first use.
    /// </summary>
    /// <param name="directory">Folder of a model. The model does not depend on it after the call.</param>
    /// <param name="storage">Where the folder is.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The model, until it is disposed.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read; the message names it.
    /// </exception>
    public static NativeModel OpenNative(string directory, IFileStorage storage, CancellationToken cancellationToken = default) =>
        OpenNative(directory, storage, ArchiveMemory.DefaultLeastBytes, cancellationToken);

    internal static NativeModel OpenNative(string directory, IFileStorage storage, int leastBytes, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(storage);
        ArchiveMemory memory = new() { LeastBytes = leastBytes };
        try
        {
            ArchiveManifest manifest = ManifestFile.Read(directory, storage);
            return new NativeModel(
                Read(manifest, ArchiveContent.Read(directory, manifest.Files, storage, memory, cancellationToken)),
                memory);
        }
        catch
        {
            memory.Dispose();
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
