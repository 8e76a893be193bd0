using System.Text.Json;

namespace TopicGrpc.Client.Maintenance;

/// <summary>
/// A folder with backups: blocks by their hash, and one manifest per snapshot. Equal blocks of several snapshots are stored once. Not
/// thread-safe; one process writes at a time.
/// </summary>
public sealed class BackupFolder
{
    private const string Ending = ".json";

    private readonly string _snapshots;

    /// <summary>Opens a backup folder. Writes nothing.</summary>
    /// <param name="directory">Path of the folder; a folder that does not exist has no snapshots.</param>
    public BackupFolder(string directory)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        FullPath = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        _snapshots = Path.Combine(FullPath, "snapshots");
        Blocks = new BlockStore(FullPath);
    }

    /// <summary>Full path of the folder.</summary>
    public string FullPath { get; }

    internal BlockStore Blocks { get; }

    /// <summary>Lists the complete snapshots, the oldest first.</summary>
    /// <returns>The snapshots.</returns>
    /// <exception cref="InvalidDataException">A manifest is damaged or has a newer format.</exception>
    public IReadOnlyList<BackupSnapshotInfo> List() => [.. Ids().Select(id => Info(id, Read(id)))];

    /// <summary>
    /// Writes the files of a snapshot into a new data folder, and compares every block with its hash. The database is written last: a
    /// folder of an interrupted restore is no data folder, and a server rejects it.
    /// </summary>
    /// <param name="directory">Data folder to create; it must not exist or be empty.</param>
    /// <param name="snapshotId">Snapshot; null for the newest.</param>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>The snapshot.</returns>
    /// <exception cref="InvalidDataException">There is no such snapshot, or a block is missing or damaged.</exception>
    /// <exception cref="IOException">The data folder contains files, or the disk is full or failed.</exception>
    public BackupSnapshotInfo Restore(string directory, string? snapshotId = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        string id = Find(snapshotId);
        BackupManifest manifest = Read(id);
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(directory));
        if (File.Exists(root) || (Directory.Exists(root) && Directory.EnumerateFileSystemEntries(root).Any()))
        {
            throw new IOException($"'{root}' exists and is not an empty folder. Restore into a new or empty folder.");
        }

        foreach (string folder in (string[])["corpora", "models"])
        {
            Directory.CreateDirectory(Path.Combine(root, folder));
        }

        foreach (BackupFileEntry file in manifest.Files)
        {
            Restore(file, root, cancellationToken);
        }

        return Info(id, manifest);
    }

    /// <summary>Reads every block of all snapshots and compares it with its hash.</summary>
    /// <param name="cancellationToken">Stops between two blocks.</param>
    /// <returns>One sentence per missing or damaged block; empty if every snapshot can be restored.</returns>
    public IReadOnlyList<string> Verify(CancellationToken cancellationToken = default)
    {
        List<string> problems = [];
        HashSet<string> seen = new(StringComparer.Ordinal);
        foreach (string id in Ids())
        {
            try
            {
                foreach (string hash in Read(id).Files.SelectMany(static file => file.Blocks).Where(seen.Add))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    Blocks.Read(hash);
                }
            }
            catch (InvalidDataException damage)
            {
                problems.Add($"Snapshot {id}: {damage.Message}");
            }
        }

        return problems;
    }

    /// <summary>Deletes old snapshots and the blocks that only they need.</summary>
    /// <param name="keep">Number of newest snapshots to keep, 1 or more.</param>
    /// <returns>Ids of the deleted snapshots.</returns>
    public IReadOnlyList<string> Prune(int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(keep, 1);
        string[] ids = [.. Ids()];
        string[] old = ids[..Math.Max(0, ids.Length - keep)];

        // Reads all manifests before anything is deleted: a damaged one must not cost blocks of its snapshot.
        HashSet<string> needed = [.. ids[old.Length..].SelectMany(id => Read(id).Files).SelectMany(static file => file.Blocks)];
        foreach (string id in old)
        {
            File.Delete(PathOf(id));
        }

        Blocks.Keep(needed);
        return old;
    }

    internal BackupSnapshotInfo Add(BackupManifest manifest)
    {
        Directory.CreateDirectory(_snapshots);
        string id = manifest.Created.UtcDateTime.ToString("yyyyMMdd'T'HHmmssfff'Z'", System.Globalization.CultureInfo.InvariantCulture);
        string partial = PathOf(id) + ".partial";
        File.Delete(partial);
        DurableFile.Write(partial, JsonSerializer.SerializeToUtf8Bytes(manifest, BackupJsonContext.Default.BackupManifest));
        File.Move(partial, PathOf(id), overwrite: true);
        return Info(id, manifest);
    }

    private static BackupSnapshotInfo Info(string id, BackupManifest manifest) => new(
        id,
        manifest.Created,
        manifest.FolderId,
        manifest.ServerVersion,
        manifest.Files.Count,
        manifest.Files.Sum(static file => file.Size),
        manifest.Problems);

    private IEnumerable<string> Ids() => Directory.Exists(_snapshots)
        ? Directory.EnumerateFiles(_snapshots, "*" + Ending)
            .Select(static path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal)
        : [];

    private string Find(string? snapshotId)
    {
        string? newest = Ids().LastOrDefault();
        return newest is null
            ? throw new InvalidDataException($"'{FullPath}' contains no backup.")
            : snapshotId is null || Ids().Contains(snapshotId, StringComparer.Ordinal)
                ? snapshotId ?? newest
                : throw new InvalidDataException($"'{FullPath}' has no snapshot '{snapshotId}'; the newest is '{newest}'.");
    }

    private BackupManifest Read(string id)
    {
        try
        {
            BackupManifest? manifest = JsonSerializer.Deserialize(
                File.ReadAllBytes(PathOf(id)), BackupJsonContext.Default.BackupManifest);
            return manifest switch
            {
                { Format: BackupManifest.CurrentFormat } => manifest,
                { Format: var format } => throw new InvalidDataException(FormattableString.Invariant(
                    $"The snapshot '{id}' has format {format}; this program reads format {BackupManifest.CurrentFormat}.")),
                null => throw new InvalidDataException($"The snapshot '{PathOf(id)}' is damaged: it is empty."),
            };
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"The snapshot '{PathOf(id)}' is damaged: {damage.Message}", damage);
        }
    }

    private string PathOf(string id) => Path.Combine(_snapshots, id + Ending);

    private void Restore(BackupFileEntry entry, string root, CancellationToken cancellationToken)
    {
        if (!BackupPaths.IsValid(entry.Path))
        {
            throw new InvalidDataException($"The snapshot contains the path '{entry.Path}', which no data folder has.");
        }

        string path = Path.Combine(root, entry.Path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        string partial = path + ".partial";
        using (FileStream file = DurableFile.Create(partial))
        {
            foreach (string hash in entry.Blocks)
            {
                cancellationToken.ThrowIfCancellationRequested();
                file.Write(Blocks.Read(hash));
            }

            if (file.Length != entry.Size)
            {
                throw new InvalidDataException(FormattableString.Invariant(
                    $"The blocks of '{entry.Path}' have {file.Length} bytes instead of {entry.Size}."));
            }
        }

        File.Move(partial, path);
    }
}
