using System.Runtime.CompilerServices;
using TopicGrpc.Cluster.Documents;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Cluster.Tests.ObjectStore;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Clients upload documents through any member (<see cref="IngestMember"/>), and members sweep. A client that gets no answer opens its
/// session again, at any member, and sends chunks of other lengths. The clients send some of the same documents.
/// </summary>
internal sealed class IngestScenario
{
    private const int Members = 3;
    private const int Clients = 2;
    private const int Documents = 30;
    private const int SharedDocuments = 5;

    private static readonly TimeSpan SweepInterval = TimeSpan.FromSeconds(10);

    private readonly SimulatedWorld _world;
    private readonly SimulatedStore _store;
    private readonly SimulatedLog _log = new();
    private readonly ConditionalWeakTable<SimulatedProcess, IngestMember> _members = [];
    private readonly Chaos _chaos;
    private readonly long[] _acknowledged = new long[Clients];

    public IngestScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.2 * _world.Random.NextDouble();
        _store = new SimulatedStore(_world) { Deleting = RequireUnused };
        _chaos = new Chaos(_world, Members, (_, process) => SweepAsync(process));
    }

    /// <summary>Appends that another one preceded.</summary>
    public int Conflicts => _log.Conflicts;

    /// <summary>Appends of connections that were replaced.</summary>
    public int TakeOvers => _log.TakeOvers;

    /// <summary>Objects that sweeps deleted.</summary>
    public int Deleted { get; private set; }

    public void Run()
    {
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(UploadAsync)];
        _chaos.Run(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(5));
        _world.Run(TimeSpan.FromHours(2), () => Array.TrueForAll(clients, static client => client.IsCompleted));
        foreach (Task client in clients)
        {
            client.GetAwaiter().GetResult();
        }

        Check();
    }

    private static string Session(int client) => FormattableString.Invariant($"s{client}");

    private static Document Document(int client, int index)
    {
        string id = index % (Documents / SharedDocuments) == 0 ? $"shared-{index}" : FormattableString.Invariant($"c{client}-{index}");
        return new Document(id, "text of " + id);
    }

    private IngestMember MemberOf(SimulatedProcess process) =>
        _members.GetValue(process, created => new IngestMember(_world, _store, _log, created));

    private async Task SweepAsync(SimulatedProcess process)
    {
        while (!_chaos.IsOver)
        {
            await Task.Delay(_world.Delay(SweepInterval), process);
            try
            {
                await MemberOf(process).SweepAsync();
            }
            catch (Exception failure) when (failure is ObjectStoreException or TimeoutException)
            {
                // The next sweep continues.
            }
        }
    }

    private async Task UploadAsync(int index)
    {
        SimulatedClient client = new(_world, _chaos);
        while (_acknowledged[index] < Documents)
        {
            (bool isOpen, (long owner, long offset)) = await client.CallAsync(process => MemberOf(process).OpenAsync(Session(index)));
            if (!isOpen)
            {
                continue;
            }

            if (offset < _acknowledged[index])
            {
                throw new BrokenPromiseException(
                    $"Session {index} continues at {offset} after {_acknowledged[index]} documents were acknowledged.");
            }

            // The answer acknowledges all documents below it. The connection is used until a call fails.
            _acknowledged[index] = offset;
            while (offset >= 0 && offset < Documents)
            {
                long first = offset;
                int count = (int)Math.Min(Documents - first, _world.Random.Next(1, 5));
                IncomingChunk chunk = new(first, count, bytes: 1, numbers: 1);
                for (int document = (int)first; document < first + count; document++)
                {
                    chunk.Add(Document(index, document), []);
                }

                (bool isAnswered, long next) = await client.CallAsync(
                    process => MemberOf(process).AppendAsync(Session(index), owner, chunk));
                offset = isAnswered ? next : -1;
                _acknowledged[index] = Math.Max(_acknowledged[index], offset);
            }
        }
    }

    private void RequireUnused(string key)
    {
        Deleted++;
        if (_log.Entries.Exists(entry => entry.Content.Key == key))
        {
            throw new BrokenPromiseException($"A sweep deletes {key}, which an entry names.");
        }
    }

    private void Check()
    {
        CorpusContent content = new();
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (CorpusLogEntry entry in _log.Entries)
        {
            byte[] bytes = _store.Objects.GetValueOrDefault(entry.Content.Key)
                ?? throw new BrokenPromiseException($"The object of entry {entry.Number} is missing.");
            if (!Convert.FromHexString(Samples.Describe(bytes).Sha256).AsSpan().SequenceEqual(entry.Content.Sha256))
            {
                throw new BrokenPromiseException($"The object of entry {entry.Number} is damaged.");
            }

            foreach (byte[] payload in RecordObject.Decode(bytes))
            {
                content.Add(payload); // Throws for a document that is there already.
                foreach (Document document in ChunkCodec.Decode(payload).Documents)
                {
                    places.Add(document.Id, places.Count);
                }
            }
        }

        for (int client = 0; client < Clients; client++)
        {
            string[] own = [.. Enumerable.Range(0, Documents).Select(index => Document(client, index).Id)];
            int[] order = [.. own.Where(static id => id[0] == 'c').Select(id => places.GetValueOrDefault(id, -1))];
            if (content.Session(Session(client)).NextOffset != Documents
                || !own.All(places.ContainsKey)
                || !order.SequenceEqual(order.Order()))
            {
                throw new BrokenPromiseException($"Session {client} has not each document once, in order.");
            }
        }
    }
}
