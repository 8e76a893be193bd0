using System.Data.Common;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Cluster.Checkpoints;

/// <summary>Results of stages as artifacts of one file. A local file exists during the transfer only.</summary>
internal sealed class StageObjects(
    ContentStore store, ArtifactPublisher publisher, IObjectLedger ledger, DataFolder folder, DiskSpace space)
{
    private const string FileName = "result";
    private const int BufferBytes = 1 << 16;

    private IFileStorage Files => folder.Files;

    /// <summary>Writes a result to the object store.</summary>
    /// <param name="write">Writes the bytes.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <returns>Id of the publication, which the caller commits or abandons, and the reference.</returns>
    /// <exception cref="IOException">Disk or store failed.</exception>
    public async Task<(string Publication, ArtifactReference Reference)> UploadAsync(
        Action<Stream> write, CancellationToken cancellationToken)
    {
        string path = folder.NewStagingPath();
        string publication = Guid.NewGuid().ToString("n");
        try
        {
            space.RequireTemporary(0);
            Files.CreateFolder(path);
            using (StoredFileStream file = new(
                Files.Open(Path.Combine(path, FileName), FileMode.CreateNew, FileAccess.Write), FileAccess.Write))
            {
                using BufferedStream buffered = new(file, BufferBytes);
                write(buffered);
            }

            return (publication, await publisher.UploadAsync(publication, path, cancellationToken));
        }
        catch
        {
            await AbandonAsync(publication);
            throw;
        }
        finally
        {
            Files.DeleteFolderIfExists(path);
        }
    }

    /// <summary>Ends a publication that is not committed. Without this call, the sweep ends it after its timeout.</summary>
    public async Task AbandonAsync(string publication)
    {
        try
        {
            await ledger.AbandonAsync(publication, CancellationToken.None);
        }
        catch (DbException)
        {
            // The sweep does it later.
        }
    }

    /// <summary>Reads a result from the object store.</summary>
    /// <param name="reference">The result.</param>
    /// <param name="read">Reads the bytes, which have been verified.</param>
    /// <param name="cancellationToken">Ends the transfer.</param>
    /// <exception cref="IOException">An object is missing or damaged, or disk or store failed.</exception>
    /// <exception cref="InvalidDataException">The manifest is not that of a result, or the reader rejects the bytes.</exception>
    public async Task ReadAsync(ArtifactReference reference, Action<Stream> read, CancellationToken cancellationToken)
    {
        byte[] json = await store.ReadAllAsync(reference.Key, reference.Manifest, ArtifactManifest.MaxBytes, cancellationToken);
        var manifest = ArtifactManifest.Parse(json);
        space.RequireTemporary(manifest.Length);
        string path = folder.NewStagingPath();
        try
        {
            ArtifactFolder copy = new(path, Files);
            await copy.FetchAsync(json, manifest, store, cancellationToken);
            using StoredFileStream file = new(
                Files.Open(Path.Combine(copy.FilesPath, FileName), FileMode.Open, FileAccess.Read), FileAccess.Read);
            using BufferedStream buffered = new(file, BufferBytes);
            read(buffered);
        }
        finally
        {
            Files.DeleteFolderIfExists(path);
        }
    }
}
