using System.Data.Common;
using System.Globalization;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Models;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Verification;

/// <summary>
/// Compares everything in a data folder: pages and references of the database, records of documents, checksums of versions, lines of the
/// audit log, and folders with rows. It only reads, so it also runs on the folder of a running server; a corpus or version that is deleted
/// or created meanwhile is no problem.
/// </summary>
internal sealed class DataVerifier(
    IFileStorage files, string root, IMetadataReading metadata, IModelStore? versions = null, IAssignmentStore? assignments = null)
{
    private readonly DataPaths _paths = new(root);

    /// <summary>Verifies the folder.</summary>
    /// <param name="report">Receives the problems.</param>
    /// <param name="cancellationToken">Stops between two records or blocks.</param>
    /// <returns>What was read and found.</returns>
    /// <exception cref="IOException">The disk failed.</exception>
    public VerificationTotals Run(Action<DataProblem> report, CancellationToken cancellationToken)
    {
        VerificationTotals totals = new();
        void Count(DataProblem problem)
        {
            totals.Errors += problem.IsError ? 1 : 0;
            totals.Warnings += problem.IsError ? 0 : 1;
            report(problem);
        }

        try
        {
            using DbConnection connection = metadata.Open();
            if (DatabaseVerification.Check(metadata, connection, Count))
            {
                Check(connection, totals, Count, cancellationToken);
            }
        }
        catch (DbException failure)
        {
            Count(new DataProblem(true, metadata.Name, $"The database cannot be read: {failure.Message}"));
        }

        return totals;
    }

    private void Check(
        DbConnection connection, VerificationTotals totals, Action<DataProblem> report, CancellationToken cancellationToken)
    {
        var names = StoredNames.Read(connection);
        CheckIdentity(names.FolderId, report);
        CorpusVerification corpora = new(files, _paths, totals);
        foreach (string corpus in names.Corpora)
        {
            totals.Corpora++;
            List<DataProblem> found = Twice(totals, problems =>
            {
                corpora.Run(
                    corpus,
                    (isError, message) => problems.Add(new DataProblem(isError, ResourceNames.Corpus(corpus), message)),
                    cancellationToken);
                totals.ReadBytes += assignments?.Verify(
                    corpus,
                    message => problems.Add(new DataProblem(false, ResourceNames.Corpus(corpus), message)),
                    cancellationToken) ?? 0;
            });
            Report(found, () => StoredNames.Read(connection).Corpora.Contains(corpus), report);
        }

        foreach ((string model, long number) in names.Versions)
        {
            totals.Versions++;
            List<DataProblem> found = Twice(totals, problems => CheckVersion(model, number, totals, problems, cancellationToken));
            Report(found, () => StoredNames.Read(connection).Versions.Contains((model, number)), report);
        }

        new AuditVerification(files, _paths).Run(report, cancellationToken);
        CheckStrays(connection, report);
    }

    /// <summary>Repeats a check that finds problems: an erasure may have replaced files during the first one.</summary>
    private static List<DataProblem> Twice(VerificationTotals totals, Action<List<DataProblem>> check)
    {
        List<DataProblem> found = [];
        long documents = totals.Documents;
        check(found);
        if (found.Count > 0)
        {
            found.Clear();
            totals.Documents = documents;
            check(found);
        }

        return found;
    }

    private static void Report(List<DataProblem> found, Func<bool> exists, Action<DataProblem> report)
    {
        if (found.Count > 0 && exists())
        {
            found.ForEach(report);
        }
    }

    private void CheckIdentity(string id, Action<DataProblem> report)
    {
        string name = _paths.Relative(_paths.Identity);
        if (!files.FileExists(_paths.Identity))
        {
            report(new DataProblem(true, name, "The file is missing."));
        }
        else if (FolderIdentity.ReadFile(files, _paths.Identity) != id)
        {
            report(new DataProblem(true, name, "The id differs from that of the database: the two belong to different data folders."));
        }
    }

    private void CheckVersion(
        string model, long number, VerificationTotals totals, List<DataProblem> found, CancellationToken cancellationToken)
    {
        string name = ResourceNames.Version(model, number);
        void Add(string message) => found.Add(new DataProblem(true, name, message));
        totals.ReadBytes += versions is null
            ? VersionFolder.Verify(files, _paths.Version(model, number), Add, cancellationToken)
            : versions.Verify(model, number, Add, cancellationToken);
    }

    // The folders first: a folder exists before its row, and a row is removed before its folder.
    private void CheckStrays(DbConnection connection, Action<DataProblem> report)
    {
        List<string> corpora = Names(_paths.Corpora);
        List<(string Model, string Version)> versions =
        [
            .. Names(_paths.Models).SelectMany(model =>
                Names(_paths.Versions(model)).Select(version => (model, version))),
        ];
        var names = StoredNames.Read(connection);
        HashSet<(string, string)> pending =
        [
            .. connection.Query("SELECT model, number FROM pending_folders", static row => (
                row.GetString(0),
                row.GetInt64(1).ToString(CultureInfo.InvariantCulture))),
        ];
        HashSet<(string, string)> known =
            [.. names.Versions.Select(static version => (version.ModelId, version.Number.ToString(CultureInfo.InvariantCulture)))];
        foreach (string corpus in corpora.Except(names.Corpora).Where(corpus => files.FolderExists(_paths.Corpus(corpus))))
        {
            report(new DataProblem(false, $"corpora/{corpus}", "The database knows nothing of this folder. The server does not use it."));
        }

        foreach ((string model, string version) in versions.Where(version => !known.Contains(version) && !pending.Contains(version)))
        {
            report(new DataProblem(
                false, $"models/{model}/versions/{version}", "The database knows nothing of this folder. The server does not use it."));
        }

        foreach (string name in Names(_paths.Quarantine))
        {
            report(new DataProblem(false, $"quarantine/{name}", "The server has set this folder aside. Examine it, then delete it."));
        }
    }

    private List<string> Names(string folder) =>
        files.FolderExists(folder) ? [.. files.ListFolders(folder).Select(static path => Path.GetFileName(path))] : [];
}
