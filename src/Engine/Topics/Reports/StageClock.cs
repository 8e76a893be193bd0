namespace TopicGrpc.Engine.Topics.Reports;

/// <summary>Clock that measures stages and reports their progress.</summary>
internal sealed class StageClock(TimeProvider time, IProgress<FitProgress>? progress)
{
    private readonly List<StageTime> _stages = [];

    public TimeProvider Time => time;

    public IReadOnlyList<StageTime> Stages => _stages;

    /// <summary>Runs one stage; reports progress 0 before and 1 after it.</summary>
    public T Run<T>(FitStage stage, Func<IProgress<double>?, T> work)
    {
        long start = time.GetTimestamp();
        StageProgress? inner = progress is null ? null : new StageProgress(stage, progress);
        inner?.Report(0);
        T result = work(inner);
        inner?.Report(1);
        _stages.Add(new StageTime(stage, time.GetElapsedTime(start).TotalSeconds));
        return result;
    }

    /// <summary>Adds a stage that another run of the fit has computed; reports it as done.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="seconds">Time that it took there.</param>
    public void Add(FitStage stage, double seconds)
    {
        progress?.Report(new FitProgress(stage, 1));
        _stages.Add(new StageTime(stage, seconds));
    }

    private sealed class StageProgress(FitStage stage, IProgress<FitProgress> target) : IProgress<double>
    {
        public void Report(double value) => target.Report(new FitProgress(stage, value));
    }
}
