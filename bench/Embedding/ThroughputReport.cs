using System.Text.Json.Serialization;

namespace TopicGrpc.Embedding;

/// <summary>What was measured.</summary>
/// <param name="Documents">Texts embedded each way.</param>
/// <param name="Tokens">Their tokens, special tokens included.</param>
/// <param name="Precision">Which weights.</param>
/// <param name="Threads">Callers at once.</param>
/// <param name="DocumentsPerSecond">From text to vector, through <c>src/Onnx</c>.</param>
/// <param name="BareDocumentsPerSecond">From ids to token vectors, with ONNX Runtime alone.</param>
/// <param name="Ratio">The first divided by the second.</param>
/// <param name="MedianChunkRatio">Median of the same ratio over the chunks: less moved by what else the machine does.</param>
internal sealed record ThroughputReport(
    int Documents,
    long Tokens,
    string Precision,
    int Threads,
    double DocumentsPerSecond,
    double BareDocumentsPerSecond,
    double Ratio,
    double MedianChunkRatio);

/// <summary>Generated writer of <see cref="ThroughputReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ThroughputReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
