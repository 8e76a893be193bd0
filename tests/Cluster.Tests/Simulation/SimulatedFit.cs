using TopicGrpc.Cluster.Checkpoints;
using TopicGrpc.Cluster.Tests.Artifacts;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// The rows of one fit: its claim, the results of its stages, and its version. Each method is one transaction. A repeated transaction
/// has the answer of the first one. Not thread-safe.
/// </summary>
internal sealed class SimulatedFit(SimulatedWorld world, MemoryLedger ledger)
{
    /// <summary>Age of a heartbeat after which a fit may be claimed.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);

    private readonly List<string> _committed = [];
    private TimeSpan _heartbeat;

    /// <summary>Claims until now; the number of the last one.</summary>
    public int Epoch { get; private set; }

    /// <summary>Changes that were rejected because their epoch had ended.</summary>
    public int Fenced { get; private set; }

    public List<string> VersionOwners { get; } = [];

    /// <summary>Results of stages that a later run may use, by stage.</summary>
    public Dictionary<int, SimulatedCheckpoint> Checkpoints { get; } = [];

    public bool IsDone => VersionOwners.Count > 0;

    /// <summary>Publications of results that the ledger keeps although no row names them.</summary>
    public IEnumerable<string> Forgotten =>
        _committed.Except(Checkpoints.Values.Select(static one => one.Publication)).Intersect(ledger.Publications);

    /// <summary>Claims the fit if nobody runs it; epoch 0: it is not free.</summary>
    public int Claim()
    {
        if (IsDone || (Epoch > 0 && world.Elapsed - _heartbeat < Silence))
        {
            return 0;
        }

        _heartbeat = world.Elapsed;
        return ++Epoch;
    }

    public bool Beat(int epoch)
    {
        bool isCurrent = Epoch == epoch && !IsDone;
        _heartbeat = isCurrent ? world.Elapsed : _heartbeat;
        return isCurrent;
    }

    /// <summary>Adds the result of a stage and its references, as <c>CheckpointTable</c> does.</summary>
    /// <returns>False if the epoch has ended.</returns>
    /// <exception cref="IOException">The publication was given up.</exception>
    public bool Add(int epoch, int stage, SimulatedCheckpoint checkpoint)
    {
        if (Checkpoints.GetValueOrDefault(stage)?.Publication == checkpoint.Publication)
        {
            return true;
        }

        if (IsFenced(epoch))
        {
            return false;
        }

        string owner = StoredStage.OwnerOf(checkpoint.Publication);
        if (!ledger.CommitAsync(checkpoint.Publication, owner, CancellationToken.None).GetAwaiter().GetResult())
        {
            throw new IOException("The publication was given up.");
        }

        _committed.Add(checkpoint.Publication);
        Release(stage);
        Checkpoints[stage] = checkpoint;
        _heartbeat = world.Elapsed;
        return true;
    }

    /// <summary>Records the version and gives up the results of the stages.</summary>
    /// <returns>False if another epoch has published.</returns>
    public bool Publish(int epoch, string owner)
    {
        if (VersionOwners.Contains(owner))
        {
            return true;
        }

        if (IsFenced(epoch))
        {
            return false;
        }

        VersionOwners.Add(owner);
        foreach (int stage in Checkpoints.Keys.ToArray())
        {
            Release(stage);
        }

        return true;
    }

    private bool IsFenced(int epoch)
    {
        bool isFenced = Epoch != epoch || IsDone;
        Fenced += isFenced ? 1 : 0;
        return isFenced;
    }

    private void Release(int stage)
    {
        if (Checkpoints.Remove(stage, out SimulatedCheckpoint? former))
        {
            _ = ledger.ReleaseAsync(StoredStage.OwnerOf(former.Publication), TimeSpan.Zero, CancellationToken.None);
        }
    }
}
