using System.Diagnostics;
using TopicGrpc.Engine.Topics.Reports;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Fitting;

/// <summary>
/// The spans of one run of a fit: the run, which continues the trace of the call that queued the fit, and one span per stage. Not
/// thread-safe: <see cref="ProgressReporter"/> enters the stages under its lock.
/// </summary>
internal sealed class FitTrace : IDisposable
{
    private readonly Activity? _run;
    private Activity? _stage;

    public FitTrace(FitJob job)
    {
        _run = Start(
            job.State.IsAssignment ? "assignment" : job.State.IsDerivation ? "derivation" : "fit",
            job.Trace,
            ("topicgrpc.fit", job.Id),
            ("topicgrpc.model", job.State.ModelId),
            ("topicgrpc.attempt", job.Attempts));
    }

    /// <summary>Ends the span of the stage before and starts that of a stage.</summary>
    public void Enter(FitStage stage)
    {
        _stage?.Dispose();
        _stage = _run is null ? null : Start("fit.stage", _run.Context, ("topicgrpc.stage", stage.ToString()));
    }

    /// <summary>Marks the run as failed.</summary>
    public void Failed(string reason) => _run?.SetStatus(ActivityStatusCode.Error, reason);

    /// <inheritdoc/>
    public void Dispose()
    {
        _stage?.Dispose();
        _run?.Dispose();
    }

    // Tags are set at the start, where samplers see them. A stage starts and ends on different threads, so no span becomes the current one.
    private static Activity? Start(string name, ActivityContext parent, params (string Name, object? Value)[] tags)
    {
        Activity? current = Activity.Current;
        Activity? started = ServerActivities.Source.StartActivity(
            name, ActivityKind.Internal, parent, tags.Select(static tag => KeyValuePair.Create(tag.Name, tag.Value)));
        Activity.Current = current;
        return started;
    }
}
