using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics;
using TopicGrpc.Engine.Topics.Quality;
using TopicGrpc.Engine.Topics.Reports;

using Document = TopicGrpc.Engine.Documents.Document;

namespace TopicGrpc.Server.Fitting;

/// <summary>The last stage before a model is published: its report gets the figures that versions are compared by.</summary>
internal sealed class QualityStage(TimeProvider clock)
{
    /// <summary>Measures a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="documents">Its documents; null where they are gone.</param>
    /// <param name="embeddings">Their vectors in the model's order; null: those it keeps.</param>
    /// <param name="compute">Threads.</param>
    /// <param name="progress">Told of the stage.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <returns>The model with the longer report.</returns>
    public TopicModel Run(
        TopicModel model, IReadOnlyList<Document>? documents, Matrix? embeddings, ComputeOptions compute, ProgressReporter progress, CancellationToken cancellationToken)
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
                ? [.. report.Warnings, new FitWarning(FitWarning.NoTexts, "The documents of this version are gone, so its coherence was not measured. Keep the corpus as long as versions are derived from it.")]
                : report.Warnings,
        });
    }
}
