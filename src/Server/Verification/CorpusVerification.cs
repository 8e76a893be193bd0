using System.Runtime.InteropServices;
using System.Text;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Server.Verification;

/// <summary>Checks the folder of one corpus: identity, every record of the documents, and the cached embeddings.</summary>
internal sealed class CorpusVerification(IFileStorage files, string root, VerificationTotals totals)
{
    private const int MaxIdentityBytes = 1024;
    private const int EmbeddingHeaderBytes = 8;
    private const int EmbeddingRowOverhead = 24;
    private const int MaxDimension = 1 << 16;

    /// <summary>Checks one corpus.</summary>
    /// <param name="id">Id of the corpus.</param>
    /// <param name="report">Receives one sentence per problem, and whether data is damaged or missing.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    public void Run(string id, Action<bool, string> report, CancellationToken cancellationToken)
    {
        string folder = Path.Combine(root, "corpora", id);
        string documents = Path.Combine(folder, "documents.log");
        totals.Corpora++;
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
            if (Path.GetFileName(path).StartsWith("embeddings-", StringComparison.Ordinal))
            {
                CheckEmbeddings(path, report, cancellationToken);
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

        string identity = Path.Combine(folder, "corpus.id");
        if (files.FileExists(identity))
        {
            var file = DocumentFile.Open(files, path, durable: 0, Add);
            if (Encoding.ASCII.GetString(files.ReadBytes(identity, MaxIdentityBytes)) != file.Id)
            {
                report(true, "documents.log is the file of another corpus: its id differs from corpus.id.");
            }

            if (DocumentFile.ReadMark(files, path) is { } mark && mark.Documents > content.Documents)
            {
                report(true, FormattableString.Invariant(
                    $"documents.log has {content.Documents} documents; its header counts {mark.Documents}."));
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

    // A row with a wrong checksum is computed again by the next fit, so nothing is lost.
    private void CheckEmbeddings(string path, Action<bool, string> report, CancellationToken cancellationToken)
    {
        using IStoredFile file = files.Open(path, FileMode.Open, FileAccess.Read);
        byte[] header = new byte[EmbeddingHeaderBytes];
        int dimension = file.Read(header, 0) == header.Length ? MemoryMarshal.Read<int>(header.AsSpan(4)) : 0;
        if (dimension is < 1 or > MaxDimension)
        {
            report(false, $"{Path.GetFileName(path)} has no valid header; the next fit computes its embeddings again.");
            return;
        }

        byte[] row = new byte[EmbeddingRowOverhead + (dimension * sizeof(float))];
        long wrong = 0;
        for (long position = EmbeddingHeaderBytes; file.Read(row, position) == row.Length; position += row.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            totals.ReadBytes += row.Length;
            wrong += Crc32C.Compute(row.AsSpan(4)) == MemoryMarshal.Read<uint>(row) ? 0 : 1;
        }

        if (wrong > 0)
        {
            report(false, FormattableString.Invariant(
                $"{Path.GetFileName(path)} has {wrong} damaged embeddings; the next fit computes them again."));
        }
    }
}
