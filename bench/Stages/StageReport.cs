using System.Text.Json.Serialization;

namespace TopicGrpc.Stages;

/// <summary>Result of a stage measurement.</summary>
/// <param name="Documents">Number of documents.</param>
/// <param name="Seconds">Best time of each stage.</param>
/// <param name="Topics">Number of topics (clusters without documents), without the outlier topic.</param>
/// <param name="Outliers">Number of outliers.</param>
/// <param name="Largest">Number of documents of the largest topic.</param>
/// <param name="TransformOneMs">
/// Duration of one prediction for a vector that is not in the corpus: placement, cluster, and membership in every cluster.
/// </param>
/// <param name="PlaceOneMs">Duration of the placement in the layout alone.</param>
/// <param name="PeakRssMb">Peak resident memory of the process, in megabytes (10⁶ bytes).</param>
/// <param name="PeakRssMbAfter">
/// Peak resident memory at the end of each stage of the first fit, including the input. Never decreases; the stage that
/// increases it needed that much.
/// </param>
internal sealed record StageReport(
    int Documents,
    StageSeconds Seconds,
    int Topics,
    int Outliers,
    int Largest,
    Percentiles TransformOneMs,
    Percentiles PlaceOneMs,
    double PeakRssMb,
    IReadOnlyDictionary<string, double> PeakRssMbAfter)
{
    /// <summary>Recall of an approximate neighbor search, of 100 to 500 rows.</summary>
    public double? NeighborRecall { get; init; }

    /// <summary>
    /// Share of the neighbors that are neighbors in the layout, of 100 to 500 rows. Only without documents, as the next four.
    /// </summary>
    public double? LayoutPreservation { get; init; }

    /// <summary>Share of the predicted vectors that get the cluster of an exact search; null if the search is exact.</summary>
    public double? PlacementAgreement { get; init; }

    /// <summary>
    /// Processor time of each stage on all threads, in seconds; least of all runs. On a busy machine, it estimates the
    /// undisturbed time.
    /// </summary>
    public IReadOnlyDictionary<string, double>? CpuSeconds { get; init; }

    /// <summary>Peak private resident memory during each stage, in megabytes; mapped vectors do not count.</summary>
    public IReadOnlyDictionary<string, double>? PrivateMb { get; init; }

    /// <summary>Largest of <see cref="PrivateMb"/> divided by the number of documents, in bytes.</summary>
    public double? PrivateBytesPerDocument { get; init; }
}

/// <summary>Best time of each stage, in seconds.</summary>
/// <param name="Neighbors">Nearest neighbors.</param>
/// <param name="Layout">Layout.</param>
/// <param name="Umap">Neighbors and layout of one fit.</param>
/// <param name="Hdbscan">Clusters with prediction data.</param>
/// <param name="Membership">Membership of every document in every cluster; null if not requested and without documents.</param>
/// <param name="Words">Words, reduction, names and representative documents; null without documents.</param>
/// <param name="Fit">Whole fit after embedding, as a caller waits for it.</param>
internal sealed record StageSeconds(
    double Neighbors,
    double Layout,
    double Umap,
    double Hdbscan,
    double? Membership,
    double? Words,
    double Fit);

/// <summary>Source-generated JSON metadata of <see cref="StageReport"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DictionaryKeyPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(StageReport))]
internal sealed partial class ReportContext : JsonSerializerContext;
