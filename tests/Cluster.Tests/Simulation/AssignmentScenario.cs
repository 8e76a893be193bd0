using Microsoft.Extensions.Logging.Abstractions;
using TopicGrpc.Cluster.Assignments;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Versions;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Members run two jobs that assign the same corpus by the same version, and an erasure of some of its documents, with writing, reading,
/// erasure and sweep of the product. The rows, and the claims of the jobs, are modeled.
/// </summary>
internal sealed class AssignmentScenario
{
    private const int Members = 3;
    private const int Documents = 40;
    private const int Erased = 6;
    private const int LongestBlock = 5;

    private static readonly AssignmentName Name = new("news", "m", 1);

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _store;
    private readonly SimulatedAssignment _rows = new();
    private readonly AssignmentJob[] _jobs;
    private readonly HashSet<string> _hidden = new(StringComparer.Ordinal);
    private readonly Chaos _chaos;
    private bool _isErased;

    public AssignmentScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.15 * _world.Random.NextDouble();
        _store = new SimulatedStore(_world) { Deleting = RequireUnused };
        _jobs = [new AssignmentJob(_world, _rows, "a1"), new AssignmentJob(_world, _rows, "a2")];
        _world.After(_world.Delay(TimeSpan.FromSeconds(60)), Hide);
        _chaos = new Chaos(_world, Members, RunMemberAsync);
    }

    /// <summary>Blocks that another change preceded.</summary>
    public int Conflicts => _rows.Conflicts;

    /// <summary>Changes of runs that had lost their job.</summary>
    public int Fenced => _rows.Fenced;

    /// <summary>Claims after the first one of a job.</summary>
    public long Takeovers => _jobs.Sum(static job => job.Takeovers);

    /// <summary>Objects that sweeps deleted.</summary>
    public int Deleted { get; private set; }

    public void Run()
    {
        _chaos.Run(TimeSpan.FromSeconds(90), TimeSpan.FromHours(1));
        SweepAtTheEnd();
        Check();
    }

    private static string DocumentId(int index) => FormattableString.Invariant($"d{index:00}");

    private async Task RunMemberAsync(int member, SimulatedProcess process)
    {
        using StoreCalls calls = Calls(process);
        Parts parts = new(this, process, calls);
        for (int turn = member; !_chaos.IsOver || !_isErased || !Array.TrueForAll(_jobs, static job => job.IsDone); turn++)
        {
            try
            {
                await EraseAsync(process, parts);
                await AssignAsync(_jobs[turn % _jobs.Length], process, parts);
                if (_world.Chance(0.3))
                {
                    await parts.Sweep.RunAsync(AssignmentKeys.Prefix, CancellationToken.None);
                }
            }
            catch (Exception failure) when (failure is IOException or TimeoutException or ClaimLostException)
            {
                // The run ends; another one claims the job.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), process);
        }
    }

    private async Task AssignAsync(AssignmentJob row, SimulatedProcess process, Parts parts)
    {
        if (await process.TransactAsync(row.TryClaim) is not { } job)
        {
            return;
        }

        using CancellationTokenSource end = new();
        _ = BeatAsync(row, job.Epoch, process, end.Token);
        try
        {
            await AssignAsync(job, process, parts);
            await process.RetryAsync(() => row.End(job));
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync would leave the thread of the simulation.
            end.Cancel();
#pragma warning restore CA1849
            job.Dispose();
        }
    }

    private async Task AssignAsync(FitJob job, SimulatedProcess process, Parts parts)
    {
        List<string> pending = await process.TransactAsync(
            () => Enumerable.Range(0, Documents).Select(DocumentId).Where(id => !_hidden.Contains(id)).ToList());
        SharedAssignmentWriter writer = new(
            Name, job, parts.Rows, parts.Blocks, new StoreWait(TimeSpan.FromMinutes(1), process, NullLogger.Instance));
        await writer.CatchUpAsync(document => pending.Remove(document.Id), CancellationToken.None);
        while (pending.Count > 0)
        {
            await Task.Delay(_world.Delay(TimeSpan.FromSeconds(2)), process);
            AssignedDocument[] block =
            [
                .. pending.Take(1 + _world.Random.Next(LongestBlock)).Select(static id => new AssignedDocument(id, 1, 0.5f)),
            ];
            if (await writer.TryAppendAsync(block, CancellationToken.None))
            {
                pending.RemoveRange(0, block.Length);
            }
            else
            {
                await writer.CatchUpAsync(document => pending.Remove(document.Id), CancellationToken.None);
            }
        }
    }

    private static async Task BeatAsync(AssignmentJob row, long epoch, SimulatedProcess process, CancellationToken end)
    {
        while (!end.IsCancellationRequested && await process.RetryAsync(() => row.Beat(epoch)))
        {
            await Task.Delay(TimeSpan.FromSeconds(1.5), process, CancellationToken.None);
        }
    }

    /// <summary>Hides documents, and ends the runs that may have read them.</summary>
    private void Hide()
    {
        _hidden.UnionWith(Enumerable.Range(0, Erased).Select(_ => DocumentId(_world.Random.Next(Documents))));
        Array.ForEach(_jobs, static job => job.Restart());
    }

    private async Task EraseAsync(SimulatedProcess process, Parts parts)
    {
        if (await process.TransactAsync(() => _hidden.Count > 0 && !_isErased))
        {
            await parts.Erasure.RunAsync(Name.CorpusId, _hidden, CancellationToken.None);
            await process.TransactAsync(() => _isErased = true);
            RequireErased(_rows.Blocks.Select(static block => block.Key), "A completed erasure left");
        }
    }

    private void RequireUnused(string key)
    {
        Deleted++;
        if (_rows.Blocks.Any(block => block.Key == key))
        {
            throw new BrokenPromiseException($"A sweep deletes {key}, which a row names.");
        }
    }

    /// <summary>
    /// Sweeps when all calls that were late have arrived: one sweep finds an object for the next change, another takes its number, and the
    /// third one deletes it.
    /// </summary>
    private void SweepAtTheEnd()
    {
        _world.Run(TimeSpan.FromMinutes(5), static () => false);
        SimulatedProcess process = new(_world);
        using StoreCalls calls = Calls(process);
        AssignmentSweep sweep = new Parts(this, process, calls).Sweep;
        for (int run = 0; run < 3; run++)
        {
            Task<int> swept = sweep.RunAsync(AssignmentKeys.Prefix, CancellationToken.None);
            _world.Run(TimeSpan.FromHours(1), () => swept.IsCompleted);
            swept.GetAwaiter().GetResult();
        }
    }

    private void Check()
    {
        string[] stored = [.. _rows.Blocks.SelectMany(block => Read(block.Key)).Order(StringComparer.Ordinal)];
        string[] wanted = [.. Enumerable.Range(0, Documents).Select(DocumentId).Where(id => !_hidden.Contains(id))];
        if (!stored.SequenceEqual(wanted))
        {
            throw new BrokenPromiseException($"The assignment has {string.Join(' ', stored)}; the corpus has {string.Join(' ', wanted)}.");
        }

        RequireErased(_store.Objects.Keys, "After the last sweep, there is");
        if (_store.Objects.Count != _rows.Blocks.Count)
        {
            throw new BrokenPromiseException($"{_store.Objects.Count} objects are left of {_rows.Blocks.Count} blocks.");
        }
    }

    private void RequireErased(IEnumerable<string> keys, string what)
    {
        foreach (string key in keys)
        {
            if (Read(key).FirstOrDefault(_hidden.Contains) is { } left)
            {
                throw new BrokenPromiseException($"{what} {left} in {key}.");
            }
        }
    }

    private IEnumerable<string> Read(string key) => AssignmentCodec
        .Decode(_store.Objects.GetValueOrDefault(key) ?? throw new BrokenPromiseException($"The object {key} is missing."))
        .Select(static document => document.Id);

    private StoreCalls Calls(SimulatedProcess process) => new(
        new StoreCallOptions { AttemptTimeout = TimeSpan.FromSeconds(2), MaxAttempts = 4, MaxParallelCalls = 1_000 },
        process,
        _world.Random.NextDouble);

    /// <summary>The parts of the product in one process.</summary>
    private sealed class Parts
    {
        public Parts(AssignmentScenario scenario, SimulatedProcess process, StoreCalls calls)
        {
            ContentStore contents = new(new SimulatedBackend(scenario._store, process), calls);
            Rows = new SimulatedRows(scenario._rows, Name, process);
            Blocks = new BlockStore(contents, Rows);
            Sweep = new AssignmentSweep(contents, Rows);
            Erasure = new AssignmentErasure(Rows, Blocks, Sweep);
        }

        public SimulatedRows Rows { get; }

        public BlockStore Blocks { get; }

        public AssignmentSweep Sweep { get; }

        public AssignmentErasure Erasure { get; }
    }
}
