using System.Text.Json.Serialization;

namespace TopicGrpc.Stages;

/// <summary>What operations on a model cost.</summary>
/// <param name="Documents">Documents of the model.</param>
/// <param name="Topics">Its topics, the outliers not counted.</param>
/// <param name="Outliers">Documents in none.</param>
/// <param name="Words">Words stage of the fit.</param>
/// <param name="Hierarchy">Hierarchy of its topics.</param>
/// <param name="Quality">Quality figures of the fit with NPMI alone.</param>
/// <param name="QualityOfAllMeasures">The same with c_v and u_mass.</param>
/// <param name="Load">A version loaded as the server loads it.</param>
/// <param name="Operations">Best times by operation.</param>
/// <param name="Figures">The figures themselves.</param>
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
/// <param name="Apply">The operation.</param>
/// <param name="Quality">Quality figures of the result.</param>
/// <param name="Publish">Writing the version and reading it back with its self-test.</param>
/// <param name="Total">All of it.</param>
internal sealed record OperationTimes(TimeAndCpu Apply, TimeAndCpu Quality, TimeAndCpu Publish, TimeAndCpu Total);

/// <summary>Loading one version from mapped files, hashes and self-test included.</summary>
/// <param name="Best">Best time.</param>
/// <param name="Loads">How many loads were measured.</param>
/// <param name="FullCollections">Gen-2 collections during all of them.</param>
/// <param name="AllocatedBytes">Allocated by one, in the mean.</param>
internal sealed record LoadTimes(TimeAndCpu Best, int Loads, int FullCollections, long AllocatedBytes);

/// <summary>Quality of the fitted model.</summary>
internal sealed record OperationFigures(double? Npmi, double? ContextVector, double? Umass, double? Diversity, double LargestTopicShare, double? Agreement);

/// <summary>Generated writer of <see cref="OperationReport"/>.</summary>
[JsonSourceGenerationOptions(WriteIndented = true, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(OperationReport))]
internal sealed partial class OperationContext : JsonSerializerContext;
