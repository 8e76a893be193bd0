using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.ObjectStore;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Clients upload documents through any member. A chunk is an object of the store, written with the code of the product, and then one row:
/// session, offset, key. The row is the acknowledgment. A client that gets no answer asks for the next offset and sends chunks of other
/// lengths. The rules of the row are modeled here; PostgreSQL keeps them with a unique key and one conditional update.
/// </summary>
internal sealed class IngestScenario
{
    private const int Members = 3;
    private const int Clients = 2;
    private const int Documents = 30;

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _store;
    private readonly Chaos _chaos;
    private readonly List<ChunkRow> _rows = [];
    private readonly int[] _next = new int[Clients];
    private readonly int[] _acknowledged = new int[Clients];

    public IngestScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.2 * _world.Random.NextDouble();
        _store = new SimulatedStore(_world);

        // Members only answer.
        _chaos = new Chaos(_world, Members, static (_, _) => Task.CompletedTask);
    }

    /// <summary>Chunks that arrived again after they were stored.</summary>
    public int Repeats { get; private set; }

    public void Run()
    {
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(UploadAsync)];
        _chaos.Run(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));
        _world.Run(TimeSpan.FromHours(2), () => Array.TrueForAll(clients, static client => client.IsCompleted));
        for (int client = 0; client < Clients; client++)
        {
            clients[client].GetAwaiter().GetResult();
            Check(client);
        }
    }

    private async Task UploadAsync(int session)
    {
        SimulatedClient client = new(_world, _chaos);
        int offset = 0;
        while (offset < Documents)
        {
            int first = offset;
            int count = Math.Min(Documents - first, _world.Random.Next(1, 5));
            (bool isAnswered, int next) = await client.CallAsync(process => AppendAsync(process, session, first, count));
            if (isAnswered && next >= 0)
            {
                _acknowledged[session] = Math.Max(_acknowledged[session], next);
                offset = next;
                continue;
            }

            (bool isKnown, int resumed) = await client.CallAsync(process => process.TransactAsync(() => _next[session]));
            if (isKnown)
            {
                // The answer acknowledges all documents below it.
                _acknowledged[session] = Math.Max(_acknowledged[session], resumed);
                offset = resumed;
            }
        }
    }

    /// <summary>Stores a chunk; returns the next offset, or -1 if the chunk does not start where the session ends.</summary>
    private async Task<int> AppendAsync(SimulatedProcess process, int session, int first, int count)
    {
        byte[] bytes = [.. Enumerable.Range(first, count).SelectMany(document => new[] { (byte)session, (byte)document })];
        ContentDescriptor descriptor = Samples.Describe(bytes);
        string key = $"chunks/{descriptor.Sha256}";
        using StoreCalls calls = new(
            new StoreCallOptions { AttemptTimeout = TimeSpan.FromSeconds(2), MaxAttempts = 3, MaxParallelCalls = 1_000 },
            process,
            _world.Random.NextDouble);
        ContentStore store = new(new SimulatedBackend(_store, process), calls);
        await store.PutAsync(key, new BytesContent(bytes), descriptor, CancellationToken.None);
        return await process.TransactAsync(() =>
        {
            if (_rows.Exists(row => row.Session == session && row.Offset == first && row.Key == key))
            {
                Repeats++;
                return first + count;
            }

            if (first != _next[session])
            {
                return -1;
            }

            _rows.Add(new ChunkRow(session, first, key));
            return _next[session] = first + count;
        });
    }

    private void Check(int session)
    {
        byte[] stored =
        [
            .. _rows.Where(row => row.Session == session).OrderBy(static row => row.Offset).SelectMany(row => _store.Objects[row.Key]),
        ];
        byte[] sent = [.. Enumerable.Range(0, Documents).SelectMany(document => new[] { (byte)session, (byte)document })];
        if (!stored.AsSpan().SequenceEqual(sent) || _acknowledged[session] != Documents)
        {
            throw new BrokenPromiseException(
                $"Session {session} has {stored.Length / 2} documents after {_acknowledged[session]} were acknowledged, or not each once.");
        }
    }

    private sealed record ChunkRow(int Session, int Offset, string Key);
}
