using Grpc.Core;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Audit;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Backups;

/// <summary>
/// Takes snapshots. The database is copied first, then everything that it refers to: documents that arrive in between are in the snapshot
/// too, and nothing that was acknowledged before is missing.
/// </summary>
internal sealed class SnapshotTaking(
    DataFolder folder,
    MetadataDatabase database,
    CorpusStore corpora,
    IModelStore versions,
    IAssignmentStore assignments,
    DiskThreads threads,
    TimeProvider clock)
{
    private const int Attempts = 4;
    private const int MaxProblems = 100;

    /// <summary>Takes a snapshot. If a corpus or version is deleted meanwhile, it starts again.</summary>
    /// <exception cref="ServiceException">The disk fails or is full.</exception>
    public async Task<BackupSnapshot> TakeAsync(CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            string staging = folder.NewStagingPath();
            try
            {
                if (await TryTakeAsync(staging, isLast: attempt == Attempts, cancellationToken) is { } snapshot)
                {
                    return snapshot;
                }

                folder.Files.DeleteFolderIfExists(staging);
            }
            catch (Exception exception)
            {
                folder.Files.DeleteFolderIfExists(staging);
                if (exception is IOException or UnauthorizedAccessException)
                {
                    throw Fault.StorageUnavailable("The snapshot", exception);
                }

                throw;
            }
        }
    }

    private async Task<BackupSnapshot?> TryTakeAsync(string staging, bool isLast, CancellationToken cancellationToken)
    {
        DateTimeOffset created = clock.GetUtcNow();
        long replacements = folder.Replacements;
        string copy = Path.Combine(staging, "meta.db");
        StoredNames names = await threads.ReadAsync(
            () =>
            {
                folder.Files.CreateFolder(staging);
                return database.CopyTo(copy);
            },
            cancellationToken);
        List<BackupFile> files = [];
        List<string> problems = [];
        foreach (string corpus in names.Corpora)
        {
            if (!await TryAddCorpusAsync(corpus, files, problems, cancellationToken) && !isLast)
            {
                return null;
            }

            string path = folder.Paths.Relative(folder.Paths.Corpus(corpus));
            files.AddRange((await assignments.StageAsync(corpus, staging, cancellationToken))
                .Select(file => new BackupFile($"{path}/{file.Name}", file.Path, LengthOf(file.Path), [])));
        }

        bool isComplete = await AddVersionsAsync(names, files, problems, cancellationToken);
        if (!isComplete && !isLast)
        {
            return null;
        }

        await threads.ReadAsync(() => AddAudit(files), cancellationToken);
        files.Add(new BackupFile(folder.Paths.Relative(folder.Identity), folder.Identity, LengthOf(folder.Identity), []));
        files.Add(new BackupFile(folder.Paths.Relative(folder.Database), copy, LengthOf(copy), []));
        return new BackupSnapshot(folder.Files, staging)
        {
            Created = created,
            FolderId = names.FolderId,
            Files = [.. files.Select(file => file with { Replacements = replacements })],
            Problems = [.. problems.Take(MaxProblems)],
        };
    }

    /// <returns>False for a corpus that no longer exists.</returns>
    private async Task<bool> TryAddCorpusAsync(
        string id, List<BackupFile> files, List<string> problems, CancellationToken cancellationToken)
    {
        (byte[] Header, long Length)? frozen = null;
        try
        {
            frozen = await corpora.Get(id).Corpus.FreezeAsync(cancellationToken);
        }
        catch (ServiceException failure) when (failure.Code == StatusCode.NotFound)
        {
            return false;
        }
        catch (ServiceException damage) when (damage.Code == StatusCode.DataLoss)
        {
            problems.Add($"{ResourceNames.Corpus(id)}: {damage.Message}");
        }

        string path = folder.Paths.Corpus(id);
        return await threads.ReadAsync(
            () => TryAddFiles(folder.Paths.Relative(path), path, frozen, files, problems), cancellationToken);
    }

    private async Task<bool> AddVersionsAsync(
        StoredNames names, List<BackupFile> files, List<string> problems, CancellationToken cancellationToken)
    {
        bool isComplete = true;
        foreach ((string model, long number) in names.Versions)
        {
            cancellationToken.ThrowIfCancellationRequested();
            isComplete &= await TryAddVersionAsync(model, number, files, problems, cancellationToken);
        }

        return isComplete;
    }

    private async Task<bool> TryAddVersionAsync(
        string model, long number, List<BackupFile> files, List<string> problems, CancellationToken cancellationToken)
    {
        string path = folder.Paths.Relative(folder.Paths.Version(model, number));
        try
        {
            using IVersionFiles version = await versions.AcquireFilesAsync(model, number, waits: false, cancellationToken);
            List<BackupFile> added = [];
            bool isComplete = await threads.ReadAsync(
                () => TryAddFiles(path, version.Path, null, added, problems), cancellationToken);
            BackupVersion source = new(model, number, version.ContentId);
            files.AddRange(added.Select(file => file with { Version = source }));
            return isComplete;
        }
        catch (InvalidDataException missing)
        {
            problems.Add($"{path}: {missing.Message}");
            return false;
        }
    }

    /// <summary>Adds the files of a folder. A damaged document file is copied as it is.</summary>
    /// <returns>False for a folder that does not exist.</returns>
    private bool TryAddFiles(
        string path, string source, (byte[] Header, long Length)? documents, List<BackupFile> files, List<string> problems)
    {
        try
        {
            List<BackupFile> added = [];
            foreach (string file in folder.Files.ListFiles(source))
            {
                string name = Path.GetFileName(file);
                added.Add(name == CorpusFolder.DocumentsName && documents is { } frozen
                    ? new BackupFile($"{path}/{name}", file, frozen.Length, frozen.Header)
                    : new BackupFile($"{path}/{name}", file, LengthOf(file), []));
            }

            files.AddRange(added);
            return true;
        }
        catch (Exception missing) when (missing is DirectoryNotFoundException or FileNotFoundException)
        {
            problems.Add($"{path}: the folder is missing.");
            return false;
        }
    }

    // The log is written during the snapshot; its complete lines do not change.
    private int AddAudit(List<BackupFile> files)
    {
        AuditFolder audit = new(folder.Files, folder.Audit);
        long[] numbers = audit.Numbers();
        foreach (string path in numbers.Select(audit.PathOf))
        {
            using IStoredFile file = folder.Files.Open(path, FileMode.Open, FileAccess.Read);
            files.Add(new BackupFile(folder.Paths.Relative(path), path, AuditFolder.CompleteLength(file), []));
        }

        return numbers.Length;
    }

    private long LengthOf(string path)
    {
        using IStoredFile file = folder.Files.Open(path, FileMode.Open, FileAccess.Read);
        return file.Length;
    }
}
