using TopicGrpc.Cluster.Artifacts;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.Artifacts;
using TopicGrpc.Engine.Storage;
using TopicGrpc.Testing.Storage;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Three members publish, read, release and sweep artifacts with the code of the product, while they crash and pause, and while network
/// and store fail. Publications time out so early that many are abandoned during their upload.
/// </summary>
internal sealed class ArtifactScenario
{
    private const int Members = 3;
    private const int Owners = 4;

    private static readonly TimeSpan OwnerPeriod = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(90);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan PublicationTimeout = TimeSpan.FromSeconds(20);

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _objects;
    private readonly MemoryLedger _ledger;
    private readonly MemoryStorage _files = new();
    private readonly Dictionary<string, ArtifactReference> _references = new(StringComparer.Ordinal);
    private readonly Chaos _chaos;

    public ArtifactScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.15 * _world.Random.NextDouble();
        _ledger = new MemoryLedger(_world);
        _objects = new SimulatedStore(_world) { Deleting = CheckDeletion };
        _chaos = new Chaos(_world, Members, RunMemberAsync);
    }

    /// <summary>Artifacts that were committed.</summary>
    public int Commits { get; private set; }

    /// <summary>Commits that were rejected because the publication had been abandoned or another one was first.</summary>
    public int Rejections { get; private set; }

    /// <summary>Artifacts that were read and compared.</summary>
    public int Reads { get; private set; }

    /// <summary>What happened, to compare two runs: counts, time, and the objects at the end.</summary>
    public string Trace => FormattableString.Invariant(
        $"{Commits} {Rejections} {Reads} {_world.Elapsed} {string.Join(' ', _objects.Objects.Keys)}");

    /// <summary>Runs the scenario and checks its end.</summary>
    /// <exception cref="BrokenPromiseException">A promise is broken.</exception>
    public void Run()
    {
        _chaos.Run(Duration, Patience);
        CheckEnd();
    }

    private async Task RunMemberAsync(int member, SimulatedProcess process)
    {
        StoreCallOptions limits = new()
        {
            AttemptTimeout = TimeSpan.FromSeconds(2),
            MaxAttempts = 4,
            MaxParallelCalls = 1_000,
        };
        using StoreCalls calls = new(limits, process, _world.Random.NextDouble);
        ContentStore store = new(new SimulatedBackend(_objects, process), calls);
        SimulatedLedger ledger = new(_ledger, process);
        while (!_chaos.IsOver)
        {
            try
            {
                switch (_world.Random.Next(10))
                {
                    case < 5:
                        await PublishAsync(new ArtifactPublisher(store, ledger, _files));
                        break;
                    case < 7:
                        await ReadAsync(store, process);
                        break;
                    case < 8:
                        await ledger.ReleaseAsync(RandomOwner(), _world.Delay(TimeSpan.FromSeconds(10)), CancellationToken.None);
                        break;
                    default:
                        await new ArtifactSweep(store, ledger, PublicationTimeout).RunAsync(CancellationToken.None);
                        break;
                }
            }
            catch (Exception failure) when (failure is ObjectStoreException or PublicationEndedException)
            {
                // The member logs it and continues.
            }
        }
    }

    private async Task PublishAsync(ArtifactPublisher publisher)
    {
        string publication = FormattableString.Invariant($"{_world.Random.NextInt64():x16}{_world.Random.NextInt64():x16}");
        string folder = "/" + publication;
        _files.CreateFolder(folder);
        for (int file = 0; file < 2; file++)
        {
            // Few contents, so that publications share them.
            _files.WriteNew(Path.Combine(folder, $"file-{file}"), Content(_world.Random.Next(6)));
        }

        ArtifactReference reference = await publisher.UploadAsync(publication, folder, CancellationToken.None);
        _references[publication] = reference;
        string owner = RandomOwner();
        if (await publisher.CommitAsync(publication, owner, CancellationToken.None))
        {
            Commits++;
        }
        else
        {
            Rejections++;
        }
    }

    private async Task ReadAsync(ContentStore store, SimulatedProcess process)
    {
        string[] publications = [.. _ledger.Publications];
        if (publications.Length == 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), process);
            return;
        }

        string publication = publications[_world.Random.Next(publications.Length)];

        try
        {
            await ReadAsync(store, publication);
            Reads++;
        }
        catch (ObjectStoreException failure) when (failure.Error == ObjectStoreError.Missing)
        {
            // It may have been released and swept since; if it is still in use, an object is lost.
            if (_ledger.Publications.Contains(publication))
            {
                throw new BrokenPromiseException($"An artifact in use cannot be read. {failure.Message}");
            }
        }
    }

    private async Task ReadAsync(ContentStore store, string publication)
    {
        ArtifactReference reference = _references[publication];
        byte[] json = await store.ReadAllAsync(reference.Key, reference.Manifest, ArtifactManifest.MaxBytes, CancellationToken.None);
        var manifest = ArtifactManifest.Parse(json);
        foreach (ArtifactFile file in manifest.Files)
        {
            byte[] read = await store.ReadAllAsync(file.Key, file.Content, 100, CancellationToken.None);
            if (!read.AsSpan().SequenceEqual(_files.ReadBytes($"/{publication}/{file.Name}", 100)))
            {
                throw new BrokenPromiseException($"An artifact has the file {file.Name} of another artifact.");
            }
        }
    }

    private void CheckDeletion(string key)
    {
        if (_ledger.Owned.Contains(key))
        {
            throw new BrokenPromiseException($"{key} is deleted while an owner refers to it.");
        }
    }

    private void CheckEnd()
    {
        // One more process, without faults: it sweeps, then reads everything.
        SimulatedProcess process = new(_world);
        using StoreCalls calls = new(new StoreCallOptions { MaxParallelCalls = 1_000 }, process, _world.Random.NextDouble);
        ContentStore store = new(new SimulatedBackend(_objects, process), calls);
        Task end = FinishAsync(store, new SimulatedLedger(_ledger, process), process);
        if (!_world.Run(Patience, () => end.IsCompleted))
        {
            throw new BrokenPromiseException("The last sweep did not finish.");
        }

        end.GetAwaiter().GetResult();
        if (!_objects.Objects.Keys.SequenceEqual(_ledger.Owned.Distinct().Order(StringComparer.Ordinal)) || _objects.Uploads.Count > 0)
        {
            throw new BrokenPromiseException(
                $"The store has {_objects.Objects.Count} objects and {_objects.Uploads.Count} uploads; owners refer to "
                + $"{_ledger.Owned.Distinct().Count()} objects.");
        }
    }

    private async Task FinishAsync(ContentStore store, SimulatedLedger ledger, SimulatedProcess process)
    {
        // Longer than any late call, any grace time and the timeout of publications.
        await Task.Delay(TimeSpan.FromMinutes(5), process);
        await new ArtifactSweep(store, ledger, PublicationTimeout).RunAsync(CancellationToken.None);
        foreach (string publication in _ledger.Publications.ToArray())
        {
            await ReadAsync(store, publication);
        }
    }

    // Owners of the present and of earlier periods, so that commits compete and releases find something.
    private string RandomOwner() => FormattableString.Invariant(
        $"owner-{Math.Max(0, (int)(_world.Elapsed / OwnerPeriod) - _world.Random.Next(2))}-{_world.Random.Next(Owners)}");

    private static byte[] Content(int number) => [.. Enumerable.Repeat((byte)number, number)];
}
