using Microsoft.Extensions.Logging.Abstractions;
using TopicGrpc.Cluster.Embedding;
using TopicGrpc.Cluster.Tests.Embedding;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Members embed the texts of one run. With faults, members die at random and start again as other processes, one text ends each process
/// that embeds it, and the network loses calls; deaths are noticed after the time of a lease.
/// </summary>
internal sealed class EmbeddingScenario : IEmbeddingWorkers
{
    private static readonly TimeSpan Cost = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LeaseTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RestartTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Limit = TimeSpan.FromHours(2);

    private readonly ClusterEmbeddingOptions _options = new();
    private readonly List<SimulatedWorker> _workers = [];
    private readonly SimulatedWorld _world;
    private readonly string[] _texts;
    private readonly bool _hasFaults;
    private int _crashes;

    public EmbeddingScenario(int seed, int members, int texts, bool hasFaults)
    {
        _world = new SimulatedWorld(seed) { FaultRate = hasFaults ? 0.02 : 0 };
        _hasFaults = hasFaults;
        _texts = [.. Enumerable.Range(0, texts).Select(static number => FormattableString.Invariant($"text {number}"))];
        _crashes = hasFaults ? 6 : 0;
        for (int member = 0; member < members; member++)
        {
            Join();
        }
    }

    /// <summary>Processes that the text has ended.</summary>
    public int DeathsOfText => _workers.Count(static worker => worker.DiedOfText);

    private string? DeadlyText => _hasFaults ? _texts[_texts.Length / 3] : null;

    public IReadOnlyList<IEmbeddingWorker> List() => [.. _workers.Where(worker => IsAlive(worker.Id))];

    public bool IsAlive(string id) =>
        _workers.Find(worker => worker.Id == id) is { } found && (found.Died is not { } died || _world.Elapsed - died < LeaseTimeout);

    /// <summary>Runs until all texts are embedded or left out.</summary>
    /// <returns>Simulated time of the run.</returns>
    public TimeSpan Run()
    {
        EmbeddingWork work = Work();
        CollectedEmbeddings collected = new(_texts.Length);
        DispatchContext context = new()
        {
            Workers = this,
            SuspectLog = new MemorySuspectLog(),
            Encoder = "e",
            ResultKey = static (corpus, chunk) => corpus + chunk,
            Options = _options,
            Clock = _world,
            Logger = NullLogger.Instance,
        };
        SuspectTexts suspects = SuspectTexts.ReadAsync(context, "corpus", CancellationToken.None).GetAwaiter().GetResult();
        Task run = new ChunkDispatch(context, work, new EmbeddingRun(work, collected), suspects).RunAsync(CancellationToken.None);
        CrashLater();
        bool hasEnded = _world.Run(Limit, () => run.IsCompleted || collected.Count == _texts.Length);
        TimeSpan took = _world.Elapsed;
        if (!hasEnded)
        {
            throw new BrokenPromiseException($"{collected.Count} of {_texts.Length} texts ended within {Limit}.");
        }

        // Canceled delays complete on the thread pool.
        run.WaitAsync(TimeSpan.FromMinutes(1)).GetAwaiter().GetResult();
        Check(collected);
        return took;
    }

    private void Check(CollectedEmbeddings collected)
    {
        for (int text = 0; text < _texts.Length; text++)
        {
            bool isDeadly = _texts[text] == DeadlyText;
            if (collected[text].IsQuarantined != isDeadly)
            {
                throw new BrokenPromiseException($"'{_texts[text]}' was {(isDeadly ? "embedded" : "left out")}.");
            }

            if (!isDeadly && collected[text].Vector[0] != _texts[text].Length)
            {
                throw new BrokenPromiseException($"'{_texts[text]}' has the vector of another text.");
            }
        }

        // One death with the chunk, and one more if the chunk was late and also on another member.
        if (DeathsOfText > _options.MaxDeaths + 2)
        {
            throw new BrokenPromiseException($"The text has ended {DeathsOfText} processes.");
        }

        if (_workers.Find(worker => worker.MostChunks > _options.ChunksPerMember && !_hasFaults) is { } overloaded)
        {
            throw new BrokenPromiseException($"{overloaded.Id} had {overloaded.MostChunks} chunks.");
        }
    }

    private void Join()
    {
        SimulatedWorker worker = new(
            _world, FormattableString.Invariant($"process-{_workers.Count}"), Cost, _options.CallTimeout / 3)
        {
            DeadlyText = DeadlyText,
        };
        _workers.Add(worker);
        if (_hasFaults)
        {
            Watch(worker);
        }
    }

    // A supervisor starts each process again.
    private void Watch(SimulatedWorker worker) => _world.After(
        RestartTime,
        () =>
        {
            if (worker.Died is null)
            {
                Watch(worker);
            }
            else
            {
                Join();
            }
        });

    private void CrashLater()
    {
        if (_crashes-- > 0)
        {
            _world.After(_world.Delay(TimeSpan.FromSeconds(20)), () =>
            {
                SimulatedWorker[] running = [.. _workers.Where(static worker => worker.Died is null)];
                if (running.Length > 0)
                {
                    running[_world.Random.Next(running.Length)].Crash();
                }

                CrashLater();
            });
        }
    }

    private EmbeddingWork Work()
    {
        Document[] documents =
        [
            .. _texts.Select(static (text, number) => new Document(FormattableString.Invariant($"d{number}"), text)),
        ];
        return new EmbeddingWork(
            "corpus",
            new EmbedderInfo("e", "full", "e", 1, 256),
            documents,
            [.. _texts.Select(EmbeddingCache.KeyOf)],
            [.. Enumerable.Range(0, _texts.Length)]);
    }
}
