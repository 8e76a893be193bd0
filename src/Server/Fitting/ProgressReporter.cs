using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Server.Fitting;

/// <summary>Turns the engine's progress into events of the fit: one per new stage, and at most one per interval within a stage.</summary>
internal sealed class ProgressReporter(FitJob job, TimeSpan interval, TimeProvider clock) : IProgress<FitProgress>
{
    private readonly Lock _gate = new();
    private FitStage? _stage;
    private double _fraction;
    private long _last;

    /// <inheritdoc/>
    public void Report(FitProgress value) => Report(value, 0);

    /// <summary>Reports the progress and, in the embedding stage, its rate.</summary>
    public void Report(FitProgress value, double documentsPerSecond)
    {
        lock (_gate)
        {
            bool isNewStage = _stage != value.Stage;
            if (!isNewStage && (value.Fraction < _fraction || (clock.GetElapsedTime(_last) < interval && value.Fraction < 1)))
            {
                return;
            }

            if (isNewStage)
            {
                job.Spans?.Enter(value.Stage);
            }

            _stage = value.Stage;
            _fraction = value.Fraction;
            _last = clock.GetTimestamp();
        }

        job.Change(state => state with
        {
            Stage = value.Stage,
            StageProgress = Math.Clamp(value.Fraction, 0, 1),
            DocumentsPerSecond = documentsPerSecond,
        });
    }
}
