using System.Globalization;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Reports;

/// <summary>A machine-readable prediction.</summary>
/// <param name="Text">The text.</param>
/// <param name="Topic">Number of its topic; −1 for an outlier.</param>
/// <param name="Uid">Identity of the topic across versions; null for an outlier.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Mode">Prediction mode: <c>density</c> or <c>centroid</c>.</param>
/// <param name="Probability">Probability of the assignment, 0 to 1.</param>
/// <param name="Probabilities">Probability of each topic by its number; null unless requested.</param>
/// <param name="OutlierProbability">Outlier probability; with <paramref name="Probabilities"/> it sums to 1. Null unless requested.</param>
internal sealed record ReportPrediction(
    string Text,
    int Topic,
    string? Uid,
    string Name,
    PredictMode Mode,
    double Probability,
    IReadOnlyDictionary<string, double>? Probabilities,
    double? OutlierProbability)
{
    public static ReportPrediction Of(string text, Prediction prediction) => new(
        text,
        prediction.TopicId,
        prediction.TopicUid.Length == 0 ? null : prediction.TopicUid,
        prediction.Name,
        prediction.Mode,
        prediction.Probability,
        prediction.Probabilities.Count == 0 ? null : ByTopic(prediction.Probabilities),
        prediction.OutlierProbability);

    private static Dictionary<string, double> ByTopic(IReadOnlyDictionary<int, double> probabilities) => probabilities
        .OrderBy(pair => pair.Key)
        .ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
}
