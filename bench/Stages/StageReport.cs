using System.Text.Json.Serialization;

namespace TopicGrpc.Stages;

/// <summary>What was measured.</summary>
/// <param name="Documents">Documents fitted.</param>
/// <param name="Seconds">Best time of each stage.</param>
/// <param name="Topics">Topics (clusters where there are no documents) without the outliers.</param>
/// <param name="Outliers">Documents in no topic.</param>
/// <param name="Largest">Documents of the largest topic.</param>
/// <param name="TransformOneMs">Time of one assignment of a vector that is not in the corpus: placed, assigned, with its membership in every cluster.</param>
/// <param name="PlaceOneMs">The part of it until the place in the layout is known.</param>
/// <param name="PeakRssMb">Largest resident set of the process, 10⁶ bytes.</param>
/// <param name="PeakRssMbAfter">The same at the end of each stage of the first fit: it only rises, and the stage that raises it needed that much. The input is in it.</param>
internal sealed record StageReport(
    int Documents, StageSeconds Seconds, int Topics, int Outliers, int Largest, Percentiles TransformOneMs, Percentiles PlaceOneMs, double PeakRssMb, IReadOnlyDictionary<string, double> PeakRssMbAfter)
{
    /// <summary>Share of the exact neighbors found, where the search is not exact; measured after all times.</summary>
    public double? NeighborRecall { get; init; }
}

/// <summary>Best time of each stage, seconds.</summary>
/// <param name="Neighbors">Nearest neighbors.</param>
/// <param name="Layout">Layout.</param>
/// <param name="Umap">Both, of one fit.</param>
/// <param name="Hdbscan">Clusters with prediction data.</param>
/// <param name="Membership">Membership of every document in every cluster; null where it was not asked for and there are no documents.</param>
/// <param name="Words">Words, reduction, names, representative documents; null without documents.</param>
/// <param name="Fit">The whole fit after embedding, as the user waits for it.</param>
internal sealed record StageSeconds(double Neighbors, double Layout, double Umap, double Hdbscan, double? Membership, double? Words, double Fit);

/// <summary>Generated writer of <see cref="StageReport"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DictionaryKeyPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StageReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
