using System.Collections.Immutable;
using System.Security.Cryptography;
using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.Artifacts;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Every member tries to coordinate every fit. A coordinator claims a fit whose heartbeat is old with the next epoch; each change names the
/// epoch, so a coordinator that was paused changes nothing. It continues after the last stage whose result is stored. Results and the
/// version are published with the code of the product; the row of the version decides which epoch wins. The rows are modeled here.
/// </summary>
internal sealed class FitScenario
{
    private const int Members = 3;
    private const int Fits = 2;
    private const int Stages = 3;

    private static readonly TimeSpan PublicationTimeout = TimeSpan.FromMinutes(2);

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _objects;
    private readonly MemoryLedger _ledger;
    private readonly MemoryStorage _files = new();
    private readonly Chaos _chaos;
    private readonly SimulatedFit[] _fits;
    private readonly Dictionary<string, ArtifactReference> _references = new(StringComparer.Ordinal);

    public FitScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.15 * _world.Random.NextDouble();
        _ledger = new MemoryLedger(_world);
        _fits = [.. Enumerable.Range(0, Fits).Select(_ => new SimulatedFit(_world, _ledger))];
        _objects = new SimulatedStore(_world) { Deleting = CheckUnused };
        _chaos = new Chaos(_world, Members, RunMemberAsync);
    }

    /// <summary>Changes that were rejected because their epoch had ended.</summary>
    public int Fenced => _fits.Sum(static fit => fit.Fenced);

    /// <summary>Claims after the first one of a fit.</summary>
    public int Takeovers => _fits.Sum(static fit => fit.Epoch - 1);

    /// <summary>Stages whose result an earlier run had stored.</summary>
    public int Continued { get; private set; }

    public void Run()
    {
        _chaos.Run(TimeSpan.FromSeconds(60), TimeSpan.FromHours(1));
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
        while (!_chaos.IsOver || !Array.TrueForAll(_fits, static fit => fit.IsDone))
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
        SimulatedFit fit = _fits[number];
        int epoch = await process.RetryAsync(fit.Claim);
        if (epoch == 0)
        {
            return;
        }

        using CancellationTokenSource end = new();
        _ = BeatAsync(fit, epoch, process, end.Token);
        try
        {
            await CompleteAsync(number, epoch, store, ledger, process);
        }
        finally
        {
#pragma warning disable CA1849 // CancelAsync would leave the thread of the simulation.
            end.Cancel();
#pragma warning restore CA1849
        }
    }

    private static async Task BeatAsync(SimulatedFit fit, int epoch, SimulatedProcess process, CancellationToken end)
    {
        while (!end.IsCancellationRequested && await process.RetryAsync(() => fit.Beat(epoch)))
        {
            await Task.Delay(SimulatedFit.Silence / 4, process, CancellationToken.None);
        }
    }

    private async Task CompleteAsync(int number, int epoch, ContentStore store, SimulatedLedger ledger, SimulatedProcess process)
    {
        SimulatedFit fit = _fits[number];
        ArtifactPublisher publisher = new(store, ledger, _files);
        byte[] result = [(byte)number];
        for (int stage = 0; stage < Stages; stage++)
        {
            result = ResultOf(result, stage);
            if (await IsStoredAsync(fit, stage, result, store, process))
            {
                continue;
            }

            await Task.Delay(_world.Delay(TimeSpan.FromSeconds(3)), process);
            if (!await StoreAsync(fit, epoch, stage, result, publisher, process))
            {
                return;
            }
        }

        // A fit is a pure function of its documents and settings, so each coordinator makes the same files.
        (string publication, ArtifactReference reference) =
            await UploadAsync(publisher, ("topics", [.. result, 1]), ("words", [.. result, 2]));
        string owner = FormattableString.Invariant($"fit-{number}-{epoch}");
        _references[owner] = reference;
        if (!await publisher.CommitAsync(publication, owner, CancellationToken.None)
            || await process.RetryAsync(() => fit.Publish(epoch, owner)))
        {
            return;
        }

        // Another epoch published; the files of this one are in use by nothing.
        await ledger.ReleaseAsync(owner, TimeSpan.Zero, CancellationToken.None);
    }

    /// <summary>Reads the result of a stage. A store that fails costs the stage and not the fit.</summary>
    private async Task<bool> IsStoredAsync(
        SimulatedFit fit, int stage, byte[] expected, ContentStore store, SimulatedProcess process)
    {
        if (await process.RetryAsync(() => fit.Checkpoints.GetValueOrDefault(stage)) is not { } row)
        {
            return false;
        }

        try
        {
            byte[] json = await store.ReadAllAsync(
                row.Manifest.Key, row.Manifest.Manifest, ArtifactManifest.MaxBytes, CancellationToken.None);
            ArtifactFile file = ArtifactManifest.Parse(json).Files[0];
            byte[] result = await store.ReadAllAsync(file.Key, file.Content, ArtifactManifest.MaxBytes, CancellationToken.None);
            if (!result.AsSpan().SequenceEqual(expected))
            {
                throw new BrokenPromiseException($"The stored result of stage {stage} has other bytes.");
            }

            Continued++;
            return true;
        }
        catch (ObjectStoreException)
        {
            return false;
        }
    }

    /// <summary>Stores the result of a stage, if store and ledger work.</summary>
    /// <returns>False if the epoch has ended.</returns>
    private async Task<bool> StoreAsync(
        SimulatedFit fit, int epoch, int stage, byte[] result, ArtifactPublisher publisher, SimulatedProcess process)
    {
        try
        {
            (string publication, ArtifactReference reference) = await UploadAsync(publisher, ("result", result));
            if (!_objects.Objects.ContainsKey(reference.Key))
            {
                // The process was paused, and the sweep has given up the publication.
                return true;
            }

            SimulatedCheckpoint checkpoint = Checkpoint(publication, reference);
            return await process.RetryAsync(() => fit.Add(epoch, stage, checkpoint));
        }
        catch (Exception failure) when (failure is ObjectStoreException or PublicationEndedException or IOException)
        {
            return true;
        }
    }

    private SimulatedCheckpoint Checkpoint(string publication, ArtifactReference manifest) =>
        new(publication, manifest, [manifest.Key, .. FilesOf(manifest).Select(static file => file.Key)]);

    private async Task<(string Publication, ArtifactReference Reference)> UploadAsync(
        ArtifactPublisher publisher, params (string Name, byte[] Bytes)[] contents)
    {
        string publication = FormattableString.Invariant($"{_world.Random.NextInt64():x16}{_world.Random.NextInt64():x16}");
        string folder = "/" + publication;
        _files.CreateFolder(folder);
        foreach ((string name, byte[] bytes) in contents)
        {
            _files.WriteNew(folder + "/" + name, bytes);
        }

        return (publication, await publisher.UploadAsync(publication, folder, CancellationToken.None));
    }

    private static byte[] ResultOf(byte[] before, int stage) => SHA256.HashData([.. before, (byte)stage]);

    private void CheckUnused(string key)
    {
        if (Array.Exists(_fits, fit => fit.Checkpoints.Values.Any(row => row.Keys.Contains(key))))
        {
            throw new BrokenPromiseException($"The object {key} is deleted while the result of a stage needs it.");
        }
    }

    private void CheckVersion(int number)
    {
        SimulatedFit fit = _fits[number];
        if (fit.VersionOwners.Count != 1)
        {
            throw new BrokenPromiseException($"Fit {number} has {fit.VersionOwners.Count} versions instead of one.");
        }

        if (fit.Checkpoints.Count > 0 || fit.Forgotten.Any())
        {
            throw new BrokenPromiseException($"Results of stages of fit {number} are kept after its end.");
        }

        byte[] result = [(byte)number];
        for (int stage = 0; stage < Stages; stage++)
        {
            result = ResultOf(result, stage);
        }

        foreach (ArtifactFile file in FilesOf(_references[fit.VersionOwners[0]]))
        {
            byte last = file.Name == "topics" ? (byte)1 : (byte)2;
            if (!_objects.Objects[file.Key].AsSpan().SequenceEqual((byte[])[.. result, last]))
            {
                throw new BrokenPromiseException($"The version of fit {number} has other bytes in {file.Name}.");
            }
        }
    }

    private ImmutableArray<ArtifactFile> FilesOf(ArtifactReference reference) =>
        ArtifactManifest.Parse(_objects.Objects[reference.Key]).Files;
}
