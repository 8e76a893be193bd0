namespace TopicGrpc.Cli.Reports;

/// <summary>The embeddings of a report.</summary>
/// <param name="Shape">Documents and numbers per document.</param>
/// <param name="DocumentsPerSecond">Pace of the encoder; where all vectors were kept, pace of reading them.</param>
/// <param name="Embedded">Documents embedded by this fit.</param>
/// <param name="Kept">Documents whose vector an earlier fit of the corpus had worked out.</param>
internal sealed record ReportEmbedding(IReadOnlyList<long> Shape, double DocumentsPerSecond, long Embedded, long Kept);
