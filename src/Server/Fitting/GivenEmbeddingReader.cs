using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Storage;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// Reads the embeddings that clients gave with the documents of a fit. Each goes from its record to its row of a scratch file, so they are
/// never in private memory together.
/// </summary>
internal sealed class GivenEmbeddingReader(DiskSpace space, TimeProvider clock)
{
    private const int ReportInterval = 4096;

    private static readonly Comparer<Document> ById = Comparer<Document>.Create(
        static (left, right) => string.CompareOrdinal(left.Id, right.Id));

    /// <summary>Reads the embeddings of documents.</summary>
    /// <param name="source">The corpus, and where the embeddings go.</param>
    /// <param name="documents">The documents, by id in byte order.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Stops between two records.</param>
    /// <returns>One row per document, in their order.</returns>
    /// <exception cref="ServiceException">The documents are damaged, the disk fails, or some were erased meanwhile.</exception>
    public async Task<EmbeddingSummary> ReadAsync(
        GivenRows source, List<Document> documents, ProgressReporter progress, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        space.Require((long)documents.Count * source.Dimension * sizeof(float));
        ScratchRows rows = source.Scratch.Reserve(documents.Count, source.Dimension);
        int read = 0;
        await source.Corpus.VisitEmbeddingsAsync(
            (document, embedding) =>
            {
                // A document that arrived after the list was read has no row.
                int row = documents.BinarySearch(document, ById);
                if (row >= 0 && embedding.Length == source.Dimension)
                {
                    rows.Write(row, embedding);
                    read++;
                }

                if (read % ReportInterval == 0)
                {
                    progress.Report(
                        new FitProgress(FitStage.Embedding, (double)read / documents.Count),
                        read / Math.Max(clock.GetElapsedTime(started).TotalSeconds, double.Epsilon));
                }
            },
            cancellationToken);

        // An erasure restarts the fits of its corpus.
        cancellationToken.ThrowIfCancellationRequested();
        return read == documents.Count
            ? new EmbeddingSummary(rows.First(documents.Count), 0, 0, clock.GetElapsedTime(started))
            : throw Fault.NotAvailable(FormattableString.Invariant(
                $"{documents.Count - read} documents of '{ResourceNames.Corpus(source.Corpus.Id)}' were removed while the fit read them. ")
                + "Start the fit again.");
    }
}
