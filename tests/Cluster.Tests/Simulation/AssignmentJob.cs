using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>The row of a job that assigns, with the claims of its runs. A claim whose heartbeat is old is given to another run.</summary>
internal sealed class AssignmentJob(SimulatedWorld world, SimulatedAssignment assignment, string id)
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);

    private TimeSpan _heartbeat = -Silence;
    private long _epoch;

    public bool IsDone { get; private set; }

    /// <summary>Claims after the first one.</summary>
    public long Takeovers => Math.Max(0, _epoch - 1);

    /// <summary>Claims the job.</summary>
    /// <returns>The job as its run has it; null: another run has it, or it has ended.</returns>
    public FitJob? TryClaim()
    {
        if (IsDone || world.Elapsed - _heartbeat < Silence)
        {
            return null;
        }

        _heartbeat = world.Elapsed;
        assignment.Claims[id] = ++_epoch;
        FitState state = new() { Id = id, ModelId = "m", Created = DateTimeOffset.UnixEpoch };
        return new FitJob(new FitRow(1, 1, 0, state), keptEvents: 1) { Epoch = _epoch };
    }

    /// <summary>Reports that a run continues.</summary>
    /// <returns>Whether it still owns the job.</returns>
    public bool Beat(long epoch)
    {
        bool isOwner = !IsDone && epoch == _epoch;
        _heartbeat = isOwner ? world.Elapsed : _heartbeat;
        return isOwner;
    }

    /// <summary>Ends the current run, because documents that it may have read are erased.</summary>
    public void Restart()
    {
        if (!IsDone)
        {
            assignment.Claims[id] = ++_epoch;
            _heartbeat = world.Elapsed - Silence;
        }
    }

    /// <summary>Ends the job, if the run owns it.</summary>
    public bool End(FitJob job)
    {
        if (job.Epoch != _epoch)
        {
            return false;
        }

        assignment.Claims.Remove(id);
        return IsDone = true;
    }
}
