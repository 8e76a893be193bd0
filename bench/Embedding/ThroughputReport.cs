using System.Text.Json.Serialization;

namespace TopicGrpc.Embedding;

/// <summary>Result of a throughput measurement.</summary>
/// <param name="Documents">Texts embedded on each side.</param>
/// <param name="Tokens">Tokens of these texts, including special tokens.</param>
/// <param name="Precision">Precision of the weights.</param>
/// <param name="Threads">Number of threads.</param>
/// <param name="DocumentsPerSecond">Throughput from text to vector, with <c>src/Onnx</c>.</param>
/// <param name="BareDocumentsPerSecond">Throughput from ids to token vectors, with ONNX Runtime alone.</param>
/// <param name="Ratio"><paramref name="DocumentsPerSecond"/> divided by <paramref name="BareDocumentsPerSecond"/>.</param>
/// <param name="MedianChunkRatio">Median of this ratio over the chunks, less sensitive to other load.</param>
internal sealed record ThroughputReport(
    int Documents,
    long Tokens,
    string Precision,
    int Threads,
    double DocumentsPerSecond,
    double BareDocumentsPerSecond,
    double Ratio,
    double MedianChunkRatio);

/// <summary>Source-generated JSON metadata of <see cref="ThroughputReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ThroughputReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
