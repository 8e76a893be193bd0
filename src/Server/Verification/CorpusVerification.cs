using System.Text;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Fitting;
using TopicGrpc.Server.Storage;

namespace TopicGrpc.Server.Verification;

/// <summary>Checks the folder of one corpus: identity, every record of the documents, the cached embeddings and the assignments.</summary>
internal sealed class CorpusVerification(IFileStorage files, DataPaths paths, VerificationTotals totals)
{
    /// <summary>Checks one corpus.</summary>
    /// <param name="id">Id of the corpus.</param>
    /// <param name="report">Receives one sentence per problem, and whether data is damaged or missing.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    public void Run(string id, Action<bool, string> report, CancellationToken cancellationToken)
    {
        string folder = paths.Corpus(id);
        string documents = Path.Combine(folder, CorpusFolder.DocumentsName);
        if (!files.FileExists(documents))
        {
            report(true, "documents.log is missing.");
            return;
        }

        try
        {
            CheckDocuments(folder, documents, report, cancellationToken);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException or ArgumentException)
        {
            report(true, $"documents.log: {damage.Message}");
        }

        foreach (string path in files.ListFiles(folder))
        {
            if (EmbeddingCache.IsCache(path))
            {
                CheckEmbeddings(path, report, cancellationToken);
            }
            else if (AssignmentFiles.IsAssignments(path))
            {
                CheckAssignments(path, report, cancellationToken);
            }
        }
    }

    private void CheckDocuments(string folder, string path, Action<bool, string> report, CancellationToken cancellationToken)
    {
        CorpusContent content = new();
        void Add(byte[] payload)
        {
            cancellationToken.ThrowIfCancellationRequested();
            totals.ReadBytes += payload.Length;
            content.Add(payload);
        }

        string identity = Path.Combine(folder, CorpusFolder.IdentityName);
        if (files.FileExists(identity))
        {
            var file = DocumentFile.Open(files, path, durable: 0, Add);
            if (Encoding.ASCII.GetString(files.ReadBytes(identity, CorpusFolder.MaxIdentityBytes)) != file.Id)
            {
                report(true, "documents.log is the file of another corpus: its id differs from corpus.id.");
            }

            if (DocumentFile.ReadMark(files, path) is { } mark && mark.Totals.Documents > content.Documents)
            {
                report(true, FormattableString.Invariant(
                    $"documents.log has {content.Documents} documents; its header counts {mark.Totals.Documents}."));
            }
        }
        else
        {
            using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
            if (LegacyDocumentFile.Is(file))
            {
                LegacyDocumentFile.Read(file, Add);
            }
            else
            {
                report(true, "corpus.id is missing.");
            }
        }

        totals.Documents += content.Documents;
    }

    private void CheckAssignments(string path, Action<bool, string> report, CancellationToken cancellationToken)
    {
        long? damaged = AssignmentFiles.CountDamaged(files, path, bytes => totals.ReadBytes += bytes, cancellationToken);
        if (damaged is null)
        {
            report(false, $"{Path.GetFileName(path)} has no valid header; the next AssignCorpus writes it again.");
        }
        else if (damaged > 0)
        {
            report(false, FormattableString.Invariant(
                $"{Path.GetFileName(path)} has {damaged} bytes behind its last sound block; the next AssignCorpus writes them again."));
        }
    }

    private void CheckEmbeddings(string path, Action<bool, string> report, CancellationToken cancellationToken)
    {
        long? damaged = EmbeddingCache.CountDamaged(files, path, bytes => totals.ReadBytes += bytes, cancellationToken);
        if (damaged is null)
        {
            report(false, $"{Path.GetFileName(path)} has no valid header; the next fit computes its embeddings again.");
        }
        else if (damaged > 0)
        {
            report(false, FormattableString.Invariant(
                $"{Path.GetFileName(path)} has {damaged} damaged embeddings; the next fit computes them again."));
        }
    }
}
