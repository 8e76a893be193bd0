using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Engine.Storage;

namespace TopicGrpc.Cluster.Artifacts;

/// <summary>The local copy of one artifact: its manifest, and a folder with its files.</summary>
/// <param name="path">Path of the copy.</param>
/// <param name="files">Storage of the copy.</param>
internal sealed class ArtifactFolder(string path, IFileStorage files)
{
    private const string ManifestName = "manifest.json";

    /// <summary>Path of the folder with the files.</summary>
    public string FilesPath { get; } = Path.Combine(path, "files");

    /// <summary>Returns the bytes of all files; 0 if the copy is missing.</summary>
    public long Measure()
    {
        if (!files.FolderExists(FilesPath))
        {
            return 0;
        }

        long bytes = 0;
        foreach (string name in files.ListFiles(FilesPath).Concat(files.ListFiles(path)))
        {
            using IStoredFile file = files.Open(name, FileMode.Open, FileAccess.Read);
            bytes += file.Length;
        }

        return bytes;
    }

    /// <summary>Reads every file and compares it with the manifest.</summary>
    /// <param name="reference">Hashes of the manifest.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>Whether all files are as they were published.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public bool IsIntact(ArtifactReference reference, CancellationToken cancellationToken)
    {
        try
        {
            byte[] json = files.ReadBytes(Path.Combine(path, ManifestName), ArtifactManifest.MaxBytes);
            if (ContentDescriptor.Describe(new BytesContent(json), cancellationToken).Sha256 != reference.Manifest.Sha256)
            {
                return false;
            }

            var manifest = ArtifactManifest.Parse(json);
            return files.ListFiles(FilesPath).Count == manifest.Files.Length
                && manifest.Files.All(file => IsIntact(file, cancellationToken));
        }
        catch (Exception damage) when (damage is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Creates the copy; the path must be free.</summary>
    /// <param name="json">The manifest.</param>
    /// <param name="manifest">The same manifest.</param>
    /// <param name="store">Store of the files.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="ObjectStoreException">An object is missing or damaged, or the store failed.</exception>
    public async Task FetchAsync(byte[] json, ArtifactManifest manifest, ContentStore store, CancellationToken cancellationToken)
    {
        files.CreateFolder(FilesPath);
        foreach (ArtifactFile entry in manifest.Files)
        {
            using IStoredFile file = files.Open(Path.Combine(FilesPath, entry.Name), FileMode.CreateNew, FileAccess.Write);
            await store.CopyAsync(entry.Key, entry.Content, file.Write, cancellationToken);
            file.Flush();
        }

        files.FlushFolder(FilesPath);
        files.WriteNew(Path.Combine(path, ManifestName), json);
        files.FlushFolder(path);
    }

    /// <summary>Creates the copy from a folder with the same files, which is moved; the path must be free.</summary>
    /// <param name="json">The manifest.</param>
    /// <param name="source">Path of the folder, whose files are durable.</param>
    /// <exception cref="IOException">The disk failed.</exception>
    public void Adopt(byte[] json, string source)
    {
        files.CreateFolder(path);
        files.MoveFolder(source, FilesPath);
        files.WriteNew(Path.Combine(path, ManifestName), json);
        files.FlushFolder(path);
    }

    private bool IsIntact(ArtifactFile entry, CancellationToken cancellationToken)
    {
        using IStoredFile file = files.Open(Path.Combine(FilesPath, entry.Name), FileMode.Open, FileAccess.Read);
        return file.Length == entry.Content.Length
            && ContentDescriptor.Describe(new FileContent(file), cancellationToken).Sha256 == entry.Content.Sha256;
    }
}
