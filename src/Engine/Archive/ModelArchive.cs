using System.Reflection;
using System.Text.Json;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Engine.Archive;

/// <summary>
/// Saves and loads one model as one folder: a manifest with settings, encoder and the hash of every file, and the arrays as raw files.
/// Of the document texts, only those of representative documents are stored. A loaded model gives bitwise equal answers.
/// </summary>
public static class ModelArchive
{
    /// <summary>Writes a model with the self-test of <see cref="ModelSelfTest.Record"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must not exist or be empty.</param>
    /// <param name="cancellationToken">Stops between two files. The files already written remain, without a manifest.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    /// <exception cref="ArgumentException">A string of the model is not valid Unicode.</exception>
    public static void Save(TopicModel model, string directory, CancellationToken cancellationToken) =>
        Save(model, directory, DiskStorage.Instance, cancellationToken);

    /// <summary>Writes a model with the self-test of <see cref="ModelSelfTest.Record"/>.</summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must not exist or be empty.</param>
    /// <param name="storage">Storage of the folder.</param>
    /// <param name="cancellationToken">Stops between two files. The files already written remain, without a manifest.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
    /// <exception cref="ArgumentException">A string of the model is not valid Unicode.</exception>
    public static void Save(TopicModel model, string directory, IFileStorage storage, CancellationToken cancellationToken) =>
        Save(model, directory, ModelSelfTest.Record(model), storage, cancellationToken);

    /// <summary>
    /// Writes a model. Every file and the folder are flushed to disk, the manifest last, so a folder with a manifest is complete. To make
    /// the folder appear atomically, save it under a temporary name and call <see cref="Publish(string, string)"/>.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="directory">Folder to create; it must not exist or be empty.</param>
    /// <param name="selfTest">Self-test to store with the model.</param>
    /// <param name="cancellationToken">Stops between two files. The files already written remain, without a manifest.</param>
    /// <exception cref="IOException">The folder is not empty, or the disk failed.</exception>
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
            throw new IOException($"{directory} is not empty. Save the model into a new or empty folder.");
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
    /// Renames a saved folder to its final path and flushes the parent folder. After a crash, the version is either complete or absent.
    /// </summary>
    /// <param name="staged">Folder that <see cref="Save(TopicModel, string, CancellationToken)"/> wrote, on the same file system.</param>
    /// <param name="destination">Final path, which must not exist. Missing parent folders are created.</param>
    /// <exception cref="IOException">The path exists, or the disk failed.</exception>
    public static void Publish(string staged, string destination) => Publish(staged, destination, DiskStorage.Instance);

    /// <summary>Renames a saved folder to its final path durably. After a crash, the version is either complete or absent.</summary>
    /// <param name="staged">Folder that <see cref="Save(TopicModel, string, IFileStorage, CancellationToken)"/> wrote.</param>
    /// <param name="destination">Final path, which must not exist. Missing parent folders are created.</param>
    /// <param name="storage">Storage of the folders.</param>
    /// <exception cref="IOException">The path exists, or the disk failed.</exception>
    public static void Publish(string staged, string destination, IFileStorage storage)
    {
        ArgumentException.ThrowIfNullOrEmpty(staged);
        ArgumentException.ThrowIfNullOrEmpty(destination);
        ArgumentNullException.ThrowIfNull(storage);
        storage.MoveFolder(staged, destination);
    }

    /// <summary>Reads and verifies only the manifest.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="InvalidDataException">The manifest is missing, altered or of a format that this build does not read.</exception>
    public static ArchiveManifest ReadManifest(string directory)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        return ManifestFile.Read(directory, DiskStorage.Instance);
    }

    /// <summary>Loads a model and verifies every file against the manifest.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The model.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read. The message names it.
    /// </exception>
    public static TopicModel Load(string directory, CancellationToken cancellationToken = default) =>
        Open(directory, cancellationToken).Model;

    /// <summary>Loads a model with its manifest and self-test, and verifies every file. It does not run the self-test.</summary>
    /// <param name="directory">Folder of a model.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>Model, manifest, self-test.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read. The message names it.
    /// </exception>
    public static ArchivedModel Open(string directory, CancellationToken cancellationToken = default)
    {
        ArchiveManifest manifest = ReadManifest(directory);
        return Read(manifest, ArchiveContent.Read(directory, manifest.Files, DiskStorage.Instance, memory: null, cancellationToken));
    }

    /// <summary>
    /// Loads a model with its large arrays in native memory and verifies every file against the manifest. Content that predictions do not
    /// need (terms, term weights, document ids) is decoded at its first use.
    /// </summary>
    /// <param name="directory">Folder of a model. The model does not depend on it after the call.</param>
    /// <param name="storage">Storage of the folder.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read. The message names it.
    /// </exception>
    public static NativeModel OpenNative(string directory, IFileStorage storage, CancellationToken cancellationToken = default) =>
        OpenNative(directory, storage, scratch: null, cancellationToken);

    /// <summary>
    /// Loads a model as <see cref="OpenNative(string, IFileStorage, CancellationToken)"/> does, the largest arrays in scratch files.
    /// </summary>
    /// <param name="directory">Folder of a model. The model does not depend on it after the call.</param>
    /// <param name="storage">Storage of the folder and of the scratch files.</param>
    /// <param name="scratch">Where scratch files may be created; null for native memory only.</param>
    /// <param name="cancellationToken">Stops between two files.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="InvalidDataException">
    /// A file is missing, truncated, altered, or of a format that this build does not read. The message names it.
    /// </exception>
    public static NativeModel OpenNative(
        string directory, IFileStorage storage, ArchiveScratch? scratch, CancellationToken cancellationToken) =>
        OpenNative(directory, storage, ArchiveMemory.DefaultLeastBytes, scratch, cancellationToken);

    internal static NativeModel OpenNative(
        string directory, IFileStorage storage, int leastBytes, ArchiveScratch? scratch, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(storage);
        ArchiveMemory memory = new(storage, scratch) { LeastBytes = leastBytes };
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
                ?? throw new InvalidDataException($"{ArchiveNames.Report} is empty.");
            TopicModel model = new(ModelTables.Read(content, manifest, report).WithUids());
            return new ArchivedModel(model, manifest, SelfTestTables.Read(content, manifest.Encoder.Dimension));
        }
        catch (Exception error) when (error is ArgumentException or JsonException)
        {
            // All hashes match, so the writer of the archive combined parts that do not match.
            throw new InvalidDataException($"The files of the archive are intact but do not form a model: {error.Message}", error);
        }
    }

    private static string EngineVersion() =>
        typeof(ModelArchive).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
