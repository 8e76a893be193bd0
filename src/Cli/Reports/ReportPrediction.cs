using System.Globalization;
using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Reports;

/// <summary>A prediction of a report.</summary>
/// <param name="Text">The new text.</param>
/// <param name="Topic">Its topic; −1 for an outlier.</param>
/// <param name="Uid">Id of the topic that lives through refits; null for an outlier.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Mode">How it was found: <c>density</c> or <c>centroid</c>.</param>
/// <param name="Probability">Strength of the assignment.</param>
/// <param name="Probabilities">Probability of every topic by its number; null when not asked for.</param>
/// <param name="OutlierProbability">Probability of no topic; with <paramref name="Probabilities"/> it sums to 1. Null when not asked for.</param>
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
        prediction.OutlierMass);

    private static Dictionary<string, double> ByTopic(IReadOnlyDictionary<int, double> probabilities) => probabilities
        .OrderBy(pair => pair.Key)
        .ToDictionary(pair => pair.Key.ToString(CultureInfo.InvariantCulture), pair => pair.Value, StringComparer.Ordinal);
}
