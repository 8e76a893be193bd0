using System.Security.Cryptography;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Verification;
using TopicGrpc.Shared;

namespace TopicGrpc.Cluster.Importing;

/// <summary>
/// Appends the records of a document file to the log of its corpus. The entries are a function of the file, so a repeated import compares
/// those that exist and appends the others.
/// </summary>
internal sealed class DocumentImport(ICorpusLog log)
{
    private const int PageLength = 256;

    /// <summary>Imports the documents of a corpus.</summary>
    /// <returns>Number of documents in the file.</returns>
    /// <exception cref="StartupException">
    /// The file is missing, damaged or of an earlier format, or the corpus of the cluster has other documents.
    /// </exception>
    public async Task<long> RunAsync(SourceFolder source, string corpusId, CancellationToken cancellationToken)
    {
        CorpusLogState state = await log.FindAsync(corpusId, cancellationToken) ?? throw new StartupException(
            $"'{ResourceNames.Corpus(corpusId)}' was deleted from the cluster during the import. Import into a cluster "
            + "with an empty database.");
        List<CorpusLogEntry> stored = await ListAsync(state, cancellationToken);
        string path = Path.Combine(source.Folder.Paths.Corpus(corpusId), CorpusFolder.DocumentsName);

        // The file is read on one thread that waits for each entry, so that one entry is in memory.
        return await Task.Run(
            () =>
            {
                RequireSound(source, corpusId, path, cancellationToken);
                EntryGrouping entries = new(corpusId, state.Id, entry => Append(entry, stored, cancellationToken));
                DocumentFile.Open(source.Folder.Files, path, durable: 0, entries.Add);
                entries.Complete();
                return entries.Documents;
            },
            cancellationToken);
    }

    private void Append(PlannedRecords entry, List<CorpusLogEntry> stored, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        bool isThere = entry.Number <= stored.Count
            ? IsSame(entry, stored[(int)entry.Number - 1])
            : TryAppendAsync(entry, cancellationToken).GetAwaiter().GetResult();
        if (!isThere)
        {
            throw new StartupException(
                $"'{ResourceNames.Corpus(entry.CorpusId)}' of the cluster has documents that are not of this import. "
                + "Import into a cluster with an empty database.");
        }
    }

    private static void RequireSound(SourceFolder source, string corpusId, string path, CancellationToken cancellationToken)
    {
        string name = ResourceNames.Corpus(corpusId);
        List<string> problems = [];
        new CorpusVerification(source.Folder.Files, source.Folder.Paths, new VerificationTotals()).Run(
            corpusId,
            (isError, message) =>
            {
                if (isError)
                {
                    problems.Add(message);
                }
            },
            cancellationToken);
        if (problems.Count > 0)
        {
            throw new StartupException(
                $"The documents of '{name}' are damaged: {problems[0]} Restore a backup of the data folder.", StartupException.DataError);
        }

        if (!source.Folder.Files.FileExists(Path.Combine(Path.GetDirectoryName(path)!, CorpusFolder.IdentityName)))
        {
            throw new StartupException(
                $"The documents of '{name}' have the format of an earlier release. Start a single server of this release on the data "
                + "folder once, and stop it.");
        }
    }

    private static bool IsSame(PlannedRecords planned, CorpusLogEntry entry) =>
        SHA256.HashData(RecordObject.Encode(planned.Records)).AsSpan().SequenceEqual(entry.Content.Sha256);

    private async Task<bool> TryAppendAsync(PlannedRecords planned, CancellationToken cancellationToken)
    {
        StoredRecords records = await log.StoreAsync(planned, earlier: null, cancellationToken);
        return (await log.AppendAsync(planned, records, cancellationToken)).IsAppended;
    }

    private async Task<List<CorpusLogEntry>> ListAsync(CorpusLogState state, CancellationToken cancellationToken)
    {
        List<CorpusLogEntry> entries = [];
        IReadOnlyList<CorpusLogEntry> page;
        do
        {
            page = await log.ListAsync(state.Id, entries.Count, PageLength, cancellationToken);
            entries.AddRange(page);
        }
        while (page.Count == PageLength);
        return entries;
    }
}
