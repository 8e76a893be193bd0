using System.Text.Json.Serialization;

namespace TopicGrpc.Stages.Sampling;

/// <summary>A fit on a sample against a fit of all vectors.</summary>
/// <param name="Documents">Number of vectors.</param>
/// <param name="Sample">Number of vectors in the sample.</param>
/// <param name="FullSeconds">Seconds of the fit of all vectors.</param>
/// <param name="SampledSeconds">Seconds of the fit on the sample, assignment included.</param>
/// <param name="AssignmentSeconds">Seconds of the assignment and of the search among the outliers.</param>
/// <param name="AssignedPerSecond">Assigned vectors per second.</param>
/// <param name="FullCpuSeconds">Processor seconds of the fit of all vectors.</param>
/// <param name="SampledCpuSeconds">Processor seconds of the fit on the sample.</param>
/// <param name="FullTopics">Topics of the fit of all vectors.</param>
/// <param name="SampledTopics">Topics of the fit on the sample.</param>
/// <param name="AddedTopics">Topics found among the outliers.</param>
/// <param name="FullOutlierShare">Outliers of the fit of all vectors.</param>
/// <param name="SampledOutlierShare">Outliers of the fit on the sample, all vectors.</param>
/// <param name="Agreement">Adjusted mutual information of the two fits over all vectors, outliers as a topic.</param>
/// <param name="AgreementInTopics">The same over the vectors that both fits have in a topic.</param>
/// <param name="FullWithPlanted">Adjusted mutual information of the fit of all vectors with the planted topics; null without them.</param>
/// <param name="SampledWithPlanted">The same of the fit on the sample.</param>
/// <param name="FullWarnings">
/// Codes of the warnings of the fit of all vectors. If either fit warns of a collapse, the agreement compares a few huge clusters.
/// </param>
/// <param name="SampledWarnings">Codes of the warnings of the fit on the sample.</param>
internal sealed record SampleReport(
    int Documents,
    int Sample,
    double FullSeconds,
    double SampledSeconds,
    double AssignmentSeconds,
    double AssignedPerSecond,
    double FullCpuSeconds,
    double SampledCpuSeconds,
    int FullTopics,
    int SampledTopics,
    int AddedTopics,
    double FullOutlierShare,
    double SampledOutlierShare,
    double Agreement,
    double AgreementInTopics,
    double? FullWithPlanted,
    double? SampledWithPlanted,
    IReadOnlyList<string> FullWarnings,
    IReadOnlyList<string> SampledWarnings);

/// <summary>JSON of the report.</summary>
[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SampleReport))]
internal sealed partial class SampleContext : JsonSerializerContext;
