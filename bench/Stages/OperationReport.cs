using System.Text.Json.Serialization;

namespace TopicGrpc.Stages;

/// <summary>Cost of operations on a model.</summary>
/// <param name="Documents">Number of documents of the model.</param>
/// <param name="Topics">Number of topics without the outlier topic.</param>
/// <param name="Outliers">Number of outliers.</param>
/// <param name="Words">Words stage of the fit.</param>
/// <param name="Hierarchy">Hierarchy of the topics.</param>
/// <param name="Quality">Quality measures of the fit with NPMI only.</param>
/// <param name="QualityOfAllMeasures">Quality measures including c_v and u_mass.</param>
/// <param name="Load">Load of a version, as the server does it.</param>
/// <param name="Operations">Best times by operation.</param>
/// <param name="Figures">Values of the quality measures.</param>
internal sealed record OperationReport(
    int Documents,
    int Topics,
    int Outliers,
    TimeAndCpu Words,
    TimeAndCpu Hierarchy,
    TimeAndCpu Quality,
    TimeAndCpu QualityOfAllMeasures,
    LoadTimes Load,
    IReadOnlyDictionary<string, OperationTimes> Operations,
    OperationFigures Figures);

/// <summary>Best time of each part of a derivation.</summary>
/// <param name="Apply">Operation.</param>
/// <param name="Quality">Quality measures of the result.</param>
/// <param name="Publish">Write of the version, and read with self-test.</param>
/// <param name="Total">Total.</param>
internal sealed record OperationTimes(TimeAndCpu Apply, TimeAndCpu Quality, TimeAndCpu Publish, TimeAndCpu Total);

/// <summary>Load of one version from mapped files, including hashes and self-test.</summary>
/// <param name="Best">Best time.</param>
/// <param name="Loads">Number of loads.</param>
/// <param name="FullCollections">Generation 2 collections during all loads.</param>
/// <param name="AllocatedBytes">Mean allocation per load.</param>
internal sealed record LoadTimes(TimeAndCpu Best, int Loads, int FullCollections, long AllocatedBytes);

/// <summary>Quality of the fitted model.</summary>
internal sealed record OperationFigures(
    double? Npmi,
    double? ContextVector,
    double? Umass,
    double? Diversity,
    double LargestTopicShare,
    double? Agreement);

/// <summary>Source-generated JSON metadata of <see cref="OperationReport"/>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OperationReport))]
internal sealed partial class OperationContext : JsonSerializerContext;
