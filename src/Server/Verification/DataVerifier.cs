using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using TopicGrpc.Engine.Archive;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Verification;

/// <summary>
/// Compares everything in a data folder: pages and references of the database, records of documents, checksums of versions, and folders
/// with rows. It only reads, so it also runs on the folder of a running server; a corpus or version that is deleted or created meanwhile
/// is no problem.
/// </summary>
internal sealed class DataVerifier(IFileStorage files, string root)
{
    private const string Identity = "FOLDER";
    private const int MaxIdentityBytes = 1024;

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
            using SqliteConnection connection = DatabaseVerification.Open(root);
            if (DatabaseVerification.Check(connection, Count))
            {
                Check(connection, totals, Count, cancellationToken);
            }
        }
        catch (SqliteException failure)
        {
            Count(new DataProblem(true, "meta.db", $"The database cannot be read: {failure.Message}"));
        }

        return totals;
    }

    private void Check(
        SqliteConnection connection, VerificationTotals totals, Action<DataProblem> report, CancellationToken cancellationToken)
    {
        var names = StoredNames.Read(connection);
        CheckIdentity(names.FolderId, report);
        CorpusVerification corpora = new(files, root, totals);
        foreach (string corpus in names.Corpora)
        {
            List<DataProblem> found = [];
            corpora.Run(
                corpus,
                (isError, message) => found.Add(new DataProblem(isError, ResourceNames.Corpus(corpus), message)),
                cancellationToken);
            Report(found, () => StoredNames.Read(connection).Corpora.Contains(corpus), report);
        }

        foreach ((string model, long number) in names.Versions)
        {
            List<DataProblem> found = [];
            CheckVersion(model, number, totals, found, cancellationToken);
            Report(found, () => StoredNames.Read(connection).Versions.Contains((model, number)), report);
        }

        CheckStrays(connection, report);
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
        string path = Path.Combine(root, Identity);
        if (!files.FileExists(path))
        {
            report(new DataProblem(true, Identity, "The file is missing."));
        }
        else if (!Encoding.ASCII.GetString(files.ReadBytes(path, MaxIdentityBytes)).TrimEnd().EndsWith("\n" + id, StringComparison.Ordinal))
        {
            report(new DataProblem(true, Identity, "The id differs from that of the database: the two belong to different data folders."));
        }
    }

    private void CheckVersion(
        string model, long number, VerificationTotals totals, List<DataProblem> found, CancellationToken cancellationToken)
    {
        string name = ResourceNames.Version(model, number);
        string folder = Path.Combine(root, "models", model, "versions", number.ToString(CultureInfo.InvariantCulture));
        totals.Versions++;
        if (!files.FolderExists(folder))
        {
            found.Add(new DataProblem(true, name, "The folder is missing."));
            return;
        }

        try
        {
            totals.ReadBytes += ArchiveVerification.Run(
                folder, files, message => found.Add(new DataProblem(true, name, message)), cancellationToken);
        }
        catch (DirectoryNotFoundException)
        {
            found.Add(new DataProblem(true, name, "The folder disappeared."));
        }
    }

    // The folders first: a folder exists before its row, and a row is removed before its folder.
    private void CheckStrays(SqliteConnection connection, Action<DataProblem> report)
    {
        List<string> corpora = Names(Path.Combine(root, "corpora"));
        List<(string Model, string Version)> versions =
        [
            .. Names(Path.Combine(root, "models")).SelectMany(model =>
                Names(Path.Combine(root, "models", model, "versions")).Select(version => (model, version))),
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
        foreach (string corpus in corpora.Except(names.Corpora).Where(corpus => files.FolderExists(Path.Combine(root, "corpora", corpus))))
        {
            report(new DataProblem(false, $"corpora/{corpus}", "The database knows nothing of this folder. The server does not use it."));
        }

        foreach ((string model, string version) in versions.Where(version => !known.Contains(version) && !pending.Contains(version)))
        {
            report(new DataProblem(
                false, $"models/{model}/versions/{version}", "The database knows nothing of this folder. The server does not use it."));
        }

        foreach (string name in Names(Path.Combine(root, "quarantine")))
        {
            report(new DataProblem(false, $"quarantine/{name}", "The server has set this folder aside. Examine it, then delete it."));
        }
    }

    private List<string> Names(string folder) =>
        files.FolderExists(folder) ? [.. files.ListFolders(folder).Select(static path => Path.GetFileName(path))] : [];
}
