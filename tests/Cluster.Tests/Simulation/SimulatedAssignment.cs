using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>The rows of one assignment: each method is one transaction, with the rules of <c>PostgresAssignmentRows</c>.</summary>
internal sealed class SimulatedAssignment
{
    public const string Id = "0123456789abcdef0123456789abcdef";

    private readonly SortedDictionary<long, AssignmentBlock> _blocks = [];
    private bool _exists;

    /// <summary>Epochs of the claims by id of the job; a job that has ended has none.</summary>
    public Dictionary<string, long> Claims { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of the last change.</summary>
    public long Changes { get; private set; }

    /// <summary>The blocks, in order.</summary>
    public IReadOnlyCollection<AssignmentBlock> Blocks => _blocks.Values;

    /// <summary>Blocks that another change preceded.</summary>
    public int Conflicts { get; private set; }

    /// <summary>Changes of runs that had lost their job.</summary>
    public int Fenced { get; private set; }

    /// <summary>The row; null before the first block.</summary>
    public SharedAssignment? Row => _exists ? new SharedAssignment(Id, Changes) : null;

    public SharedAssignment FindOrAdd(FitJob job)
    {
        Require(job);
        _exists = true;
        return Row!;
    }

    public AssignmentBlock? Find(long number) => _blocks.GetValueOrDefault(number);

    public bool TryAdd(SharedAssignment read, AssignmentBlock block, FitJob job)
    {
        Require(job);
        if (!TryAdvance(read))
        {
            return false;
        }

        _blocks.Add(block.Number, block);
        return true;
    }

    public bool RemoveLost(long number, FitJob job)
    {
        Require(job);
        Changes++;
        return _blocks.Remove(number);
    }

    public bool TryReplace(SharedAssignment read, long number, AssignmentBlock? next)
    {
        if (!TryAdvance(read))
        {
            return false;
        }

        if (next is null)
        {
            _blocks.Remove(number);
        }
        else if (_blocks.ContainsKey(number))
        {
            _blocks[number] = next;
        }

        return true;
    }

    public long Advance() => ++Changes;

    private bool TryAdvance(SharedAssignment read)
    {
        if (read.Changes != Changes)
        {
            Conflicts++;
            return false;
        }

        Changes++;
        return true;
    }

    private void Require(FitJob job)
    {
        if (Claims.GetValueOrDefault(job.Id) != job.Epoch)
        {
            Fenced++;
            throw new ClaimLostException(job.Id, job.Epoch);
        }
    }
}
