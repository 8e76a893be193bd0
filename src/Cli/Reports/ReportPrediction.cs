using System.Globalization;
using TopicGrpc.Client.Predictions;
using TopicGrpc.Client.Topics;

namespace TopicGrpc.Cli.Reports;

/// <summary>A machine-readable prediction.</summary>
/// <param name="Text">The text.</param>
/// <param name="Topic">Number of its topic; −1 for an outlier.</param>
/// <param name="Uid">Identity of the topic across versions; null for an outlier.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Mode">Prediction mode: <c>density</c> or <c>centroid</c>.</param>
/// <param name="Probability">Strength of the assignment; <paramref name="Basis"/> has its meaning.</param>
/// <param name="Basis">
/// Source of the topic: <c>outlier</c>, <c>cluster</c>, <c>centroid</c>, <c>document</c> or <c>outlier_policy</c>.
/// </param>
/// <param name="KnownDocument">Whether the text is a document of the version.</param>
/// <param name="Nearest">Nearest topic of an outlier; null for other texts.</param>
/// <param name="NearestSimilarity">Cosine with the mean vector of the nearest topic; null for other texts.</param>
/// <param name="Novelty">Share of documents at least as far from their neighbors as the text; null if the version has none.</param>
/// <param name="IsNovel">Whether the novelty is below the threshold of the version.</param>
/// <param name="Probabilities">Probability of each topic by its number; null unless requested.</param>
/// <param name="OutlierProbability">Outlier probability; with <paramref name="Probabilities"/> it sums to 1. Null unless requested.</param>
/// <param name="Path">Topic of each layer that contains the text, from fine to coarse; null unless requested.</param>
internal sealed record ReportPrediction(
    string Text,
    int Topic,
    string? Uid,
    string Name,
    PredictMode Mode,
    double Probability,
    string Basis,
    bool KnownDocument,
    int? Nearest,
    double? NearestSimilarity,
    double? Novelty,
    bool IsNovel,
    IReadOnlyDictionary<string, double>? Probabilities,
    double? OutlierProbability,
    IReadOnlyList<LayerTopicRef>? Path)
{
    public static ReportPrediction Of(string text, Prediction prediction) => new(
        text,
        prediction.TopicId,
        prediction.TopicUid.Length == 0 ? null : prediction.TopicUid,
        prediction.Name,
        prediction.Mode,
        prediction.Probability,
        NameOf(prediction.Basis),
        prediction.IsKnownDocument,
        prediction.NearestTopicId,
        prediction.NearestSimilarity,
        prediction.Novelty,
        prediction.IsNovel,
        prediction.Probabilities.Count == 0 ? null : ByTopic(prediction.Probabilities),
        prediction.OutlierProbability,
        prediction.Path.Count == 0 ? null : prediction.Path);

    /// <summary>Returns the name of a basis, as in the contract and the metrics.</summary>
    public static string NameOf(PredictionBasis basis) => basis switch
    {
        PredictionBasis.Outlier => "outlier",
        PredictionBasis.Cluster => "cluster",
        PredictionBasis.Centroid => "centroid",
        PredictionBasis.Document => "document",
        PredictionBasis.OutlierPolicy => "outlier_policy",
        _ => "unspecified",
    };

    private static Dictionary<string, double> ByTopic(IReadOnlyDictionary<int, double> probabilities) => probabilities
        .OrderBy(pair => pair.Key)
        .ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
}
