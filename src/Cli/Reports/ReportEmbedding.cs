namespace TopicGrpc.Cli.Reports;

/// <summary>The embeddings of a report.</summary>
/// <param name="Shape">Documents and numbers per document.</param>
/// <param name="DocumentsPerSecond">Pace of the encoder.</param>
internal sealed record ReportEmbedding(IReadOnlyList<long> Shape, double DocumentsPerSecond);
