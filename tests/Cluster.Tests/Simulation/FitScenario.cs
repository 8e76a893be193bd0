using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.Artifacts;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Every member tries to coordinate every fit. A coordinator claims a fit whose heartbeat is old with the next epoch; each change names the
/// epoch, so a coordinator that was paused changes nothing. The version is published with the code of the product under an owner of its
/// epoch; the row of the version decides which epoch wins. The rows are modeled here.
/// </summary>
internal sealed class FitScenario
{
    private const int Members = 3;
    private const int Fits = 2;
    private const int Stages = 3;

    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan PublicationTimeout = TimeSpan.FromMinutes(2);

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _objects;
    private readonly MemoryLedger _ledger;
    private readonly MemoryStorage _files = new();
    private readonly Chaos _chaos;
    private readonly FitRow[] _fits = [.. Enumerable.Range(0, Fits).Select(static _ => new FitRow())];
    private readonly Dictionary<string, ArtifactReference> _references = new(StringComparer.Ordinal);

    public FitScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.15 * _world.Random.NextDouble();
        _ledger = new MemoryLedger(_world);
        _objects = new SimulatedStore(_world);
        _chaos = new Chaos(_world, Members, RunMemberAsync);
    }

    /// <summary>Changes that were rejected because their epoch had ended.</summary>
    public int Fenced { get; private set; }

    /// <summary>Claims after the first one of a fit.</summary>
    public int Takeovers => _fits.Sum(static fit => fit.Epoch - 1);

    public void Run()
    {
        _chaos.Run(TimeSpan.FromSeconds(60), TimeSpan.FromHours(1));
        if (!Array.TrueForAll(_fits, static fit => fit.VersionOwners.Count == 1))
        {
            throw new BrokenPromiseException(
                $"The fits have {string.Join(", ", _fits.Select(static fit => fit.VersionOwners.Count))} versions instead of one each.");
        }

        for (int fit = 0; fit < Fits; fit++)
        {
            CheckVersion(fit);
        }
    }

    private async Task RunMemberAsync(int member, SimulatedProcess process)
    {
        using StoreCalls calls = new(
            new StoreCallOptions { AttemptTimeout = TimeSpan.FromSeconds(2), MaxAttempts = 4, MaxParallelCalls = 1_000 },
            process,
            _world.Random.NextDouble);
        ContentStore store = new(new SimulatedBackend(_objects, process), calls);
        SimulatedLedger ledger = new(_ledger, process);
        int fit = member % Fits;
        while (!_chaos.IsOver || !Array.TrueForAll(_fits, static row => row.IsDone))
        {
            fit = (fit + 1) % Fits;
            try
            {
                await CoordinateAsync(fit, store, ledger, process);
                await new ArtifactSweep(store, ledger, PublicationTimeout).RunAsync(CancellationToken.None);
            }
            catch (Exception failure) when (failure is ObjectStoreException or PublicationEndedException)
            {
                // The heartbeat of this epoch ages, and a member claims the next one.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), process);
        }
    }

    private async Task CoordinateAsync(int number, ContentStore store, SimulatedLedger ledger, SimulatedProcess process)
    {
        FitRow fit = _fits[number];
        (int epoch, int stage) = await process.RetryAsync(() => Claim(fit));
        if (epoch == 0)
        {
            return;
        }

        using CancellationTokenSource end = new();
        _ = BeatAsync(fit, epoch, process, end.Token);
        try
        {
            await CompleteAsync(number, epoch, stage, store, ledger, process);
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync would leave the thread of the simulation.
            end.Cancel();
#pragma warning restore CA1849
        }
    }

    private async Task BeatAsync(FitRow fit, int epoch, SimulatedProcess process, CancellationToken end)
    {
        while (!end.IsCancellationRequested && await process.RetryAsync(() => Beat(fit, epoch)))
        {
            await Task.Delay(Silence / 4, process, CancellationToken.None);
        }
    }

    private async Task CompleteAsync(
        int number, int epoch, int stage, ContentStore store, SimulatedLedger ledger, SimulatedProcess process)
    {
        FitRow fit = _fits[number];
        for (; stage < Stages; stage++)
        {
            await Task.Delay(_world.Delay(TimeSpan.FromSeconds(3)), process);
            int done = stage;
            if (!await process.RetryAsync(() => Advance(fit, epoch, done)))
            {
                return;
            }
        }

        string publication = FormattableString.Invariant($"{_world.Random.NextInt64():x16}{_world.Random.NextInt64():x16}");
        string folder = "/" + publication;
        _files.CreateFolder(folder);

        // A fit is a pure function of its documents and settings, so each coordinator makes the same files.
        _files.WriteNew(folder + "/topics", [(byte)number, 1]);
        _files.WriteNew(folder + "/words", [(byte)number, 2]);
        ArtifactPublisher publisher = new(store, ledger, _files);
        ArtifactReference reference = await publisher.UploadAsync(publication, folder, CancellationToken.None);
        string owner = FormattableString.Invariant($"fit-{number}-{epoch}");
        _references[owner] = reference;
        if (!await publisher.CommitAsync(publication, owner, CancellationToken.None)
            || await process.RetryAsync(() => Publish(fit, epoch, owner)))
        {
            return;
        }

        // Another epoch published; the files of this one are in use by nothing.
        await ledger.ReleaseAsync(owner, TimeSpan.Zero, CancellationToken.None);
    }

    private (int Epoch, int Stage) Claim(FitRow fit)
    {
        if (fit.IsDone || (fit.Epoch > 0 && _world.Elapsed - fit.Heartbeat < Silence))
        {
            return default;
        }

        fit.Heartbeat = _world.Elapsed;
        return (++fit.Epoch, fit.Stage);
    }

    private bool Beat(FitRow fit, int epoch)
    {
        bool isCurrent = fit.Epoch == epoch && !fit.IsDone;
        fit.Heartbeat = isCurrent ? _world.Elapsed : fit.Heartbeat;
        return isCurrent;
    }

    private bool Advance(FitRow fit, int epoch, int stage)
    {
        if (fit.Epoch != epoch || fit.IsDone)
        {
            Fenced++;
            return false;
        }

        if (fit.Stage < stage)
        {
            throw new BrokenPromiseException("A stage is done before the one that it needs.");
        }

        fit.Stage = Math.Max(fit.Stage, stage + 1);
        fit.Heartbeat = _world.Elapsed;
        return true;
    }

    /// <summary>Records the version; true also for a repeated call of the epoch that published.</summary>
    private bool Publish(FitRow fit, int epoch, string owner)
    {
        if (fit.VersionOwners.Contains(owner))
        {
            return true;
        }

        if (fit.Epoch != epoch || fit.IsDone)
        {
            Fenced++;
            return false;
        }

        fit.VersionOwners.Add(owner);
        return true;
    }

    private void CheckVersion(int fit)
    {
        ArtifactReference reference = _references[_fits[fit].VersionOwners[0]];
        var manifest = ArtifactManifest.Parse(_objects.Objects[reference.Key]);
        foreach (ArtifactFile file in manifest.Files)
        {
            byte last = file.Name == "topics" ? (byte)1 : (byte)2;
            if (!_objects.Objects[file.Key].AsSpan().SequenceEqual(new byte[] { (byte)fit, last }))
            {
                throw new BrokenPromiseException($"The version of fit {fit} has other bytes in {file.Name}.");
            }
        }
    }

    private sealed class FitRow
    {
        public int Epoch { get; set; }

        public int Stage { get; set; }

        public TimeSpan Heartbeat { get; set; }

        public List<string> VersionOwners { get; } = [];

        public bool IsDone => VersionOwners.Count > 0;
    }
}
