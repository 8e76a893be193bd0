using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Reports;

/// <summary>The embeddings of a report.</summary>
/// <param name="Shape">Number of documents and dimension.</param>
/// <param name="DocumentsPerSecond">Throughput of the encoder or, if all embeddings were cached, of reading them.</param>
/// <param name="Embedded">Documents embedded by this fit.</param>
/// <param name="Kept">Documents whose embedding an earlier fit of the corpus had cached.</param>
internal sealed record ReportEmbedding(IReadOnlyList<long> Shape, double DocumentsPerSecond, long Embedded, long Kept)
{
    public static ReportEmbedding Of(FitReport fit) => new(
        [fit.DocumentCount, fit.EmbeddingDimension],
        Math.Round(fit.DocumentsPerSecond, 1),
        fit.DocumentCount - fit.CachedEmbeddingCount,
        fit.CachedEmbeddingCount);
}
