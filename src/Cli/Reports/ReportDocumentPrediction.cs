using TopicGrpc.Client.Predictions;

namespace TopicGrpc.Cli.Reports;

/// <summary>The machine-readable prediction of a document of an input.</summary>
/// <param name="Id">Id of the document in the input.</param>
/// <param name="Model">Id of the model; null without a prediction.</param>
/// <param name="Version">Version that answered; null without a prediction.</param>
/// <param name="Topic">Number of the topic, −1 for an outlier; null without a prediction.</param>
/// <param name="Uid">Identity of the topic across versions; null for an outlier.</param>
/// <param name="Name">Name of the topic.</param>
/// <param name="Probability">Strength of the assignment.</param>
/// <param name="Basis">Source of the topic, as in <see cref="ReportPrediction"/>.</param>
/// <param name="Novelty">Share of documents at least as far from their neighbors as the text; null if the version has none.</param>
/// <param name="Probabilities">Probability of each topic by its number; null unless requested.</param>
/// <param name="Error">Why the document has no prediction; null if it has one.</param>
internal sealed record ReportDocumentPrediction(
    string Id,
    string? Model,
    long? Version,
    int? Topic,
    string? Uid,
    string? Name,
    double? Probability,
    string? Basis,
    double? Novelty,
    IReadOnlyDictionary<string, double>? Probabilities,
    string? Error)
{
    public static ReportDocumentPrediction Of(string id, PredictionOutcome outcome)
    {
        if (outcome.Prediction is not { } prediction)
        {
            return new(id, null, null, null, null, null, null, null, null, null, outcome.Error!.Message);
        }

        // The text is in the input already.
        var report = ReportPrediction.Of("", prediction);
        return new(
            id,
            prediction.Model,
            prediction.Version,
            report.Topic,
            report.Uid,
            report.Name,
            report.Probability,
            report.Basis,
            report.Novelty,
            report.Probabilities,
            Error: null);
    }
}
