using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Reports;

using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>The last stage before publishing: adds the quality figures to the report.</summary>
internal sealed class QualityStage(TimeProvider clock)
{
    private const string NoTexts =
        "The documents of this version are gone, so its coherence was not measured. " +
        "Keep the corpus as long as versions are derived from it.";

    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Its documents; null if they are gone.</param>
    /// <param name="embeddings">Their embeddings in the order of the model; null for those that the model holds.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Receives the progress.</param>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    /// <returns>The model with the figures in its report.</returns>
    public TopicModel Run(
        TopicModel model,
        IReadOnlyList<Document>? documents,
        Matrix? embeddings,
        ComputeOptions compute,
        ProgressReporter progress,
        CancellationToken cancellationToken)
    {
        progress.Report(new FitProgress(FitStage.Quality, 0));
        long started = clock.GetTimestamp();
        var quality = QualityMeasurement.Measure(model, documents, embeddings, compute, cancellationToken);
        StageTime time = new(FitStage.Quality, clock.GetElapsedTime(started).TotalSeconds);
        progress.Report(new FitProgress(FitStage.Quality, 1));
        FitReport report = model.Report;
        return model.WithReport(report with
        {
            Quality = quality,
            Stages = [.. report.Stages, time],
            Warnings = documents is null
                ? [.. report.Warnings, new FitWarning(FitWarning.NoTexts, NoTexts)]
                : report.Warnings,
        });
    }
}
