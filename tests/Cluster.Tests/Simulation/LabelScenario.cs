namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// Members answer with the version that a label names; clients move the label and ask. A member renews a lease in the database, reads the
/// generation of the label in the same transaction, and answers only until the lease ends by its own clock, measured from the moment it
/// sent the renewal. A move returns when every lease that has not ended has the new generation. A client sends the highest generation that
/// it has seen, and a member that is behind reads the database first. The protocol is modeled here.
/// </summary>
internal sealed class LabelScenario
{
    private const int Members = 3;
    private const int Clients = 3;

    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(600);

    private readonly SimulatedWorld _world;
    private readonly Chaos _chaos;
    private readonly Dictionary<SimulatedProcess, MemberState> _members = [];
    private int _generation;
    private int _returned;

    public LabelScenario(int seed)
    {
        _world = new SimulatedWorld(seed);
        _world.FaultRate = 0.15 * _world.Random.NextDouble();
        _chaos = new Chaos(_world, Members, RunMemberAsync);
    }

    /// <summary>Moves that returned.</summary>
    public int Moves { get; private set; }

    /// <summary>Questions that were answered.</summary>
    public int Answers { get; private set; }

    public void Run()
    {
        Task[] clients = [.. Enumerable.Range(0, Clients).Select(UseAsync)];
        _chaos.Run(TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10));
        _world.Run(TimeSpan.FromMinutes(10), () => Array.TrueForAll(clients, static client => client.IsCompleted));
        Array.ForEach(clients, static client => client.GetAwaiter().GetResult());
    }

    private async Task RunMemberAsync(int member, SimulatedProcess process)
    {
        _members[process] = new MemberState();
        while (!_chaos.IsOver)
        {
            try
            {
                await SyncAsync(process);
            }
            catch (TimeoutException)
            {
                // The lease ends unless the next renewal succeeds.
            }

            await Task.Delay(Interval, process);
        }
    }

    /// <summary>Renews the lease, reports the generation that the member serves, and takes over the present one.</summary>
    private async Task SyncAsync(SimulatedProcess process)
    {
        MemberState member = _members[process];
        TimeSpan sent = _world.Elapsed;
        int serves = member.Generation;
        int generation = await process.TransactAsync(() =>
        {
            // A renewal that arrives late never takes back what a later one reported.
            member.LeaseEnd = Max(member.LeaseEnd, _world.Elapsed + Lease);
            member.Reported = Math.Max(member.Reported, serves);
            return _generation;
        });
        member.Generation = Math.Max(member.Generation, generation);
        member.AnswersUntil = Max(member.AnswersUntil, sent + Lease);
    }

    private async Task UseAsync(int number)
    {
        SimulatedClient client = new(_world, _chaos);
        int seen = 0;
        while (!_chaos.IsOver)
        {
            if (_world.Chance(0.2))
            {
                await MoveAsync(client);
                continue;
            }

            int least = Math.Max(seen, _returned);
            int sends = seen;
            (bool isAnswered, int generation) = await client.CallAsync(process => AnswerAsync(process, sends));
            if (isAnswered && generation < least)
            {
                _chaos.Report(new BrokenPromiseException(
                    $"Client {number} got generation {generation} after it had seen {seen} and a move to {_returned} had returned."));
                return;
            }

            seen = isAnswered ? generation : seen;
            Answers += isAnswered ? 1 : 0;
        }
    }

    private async Task MoveAsync(SimulatedClient client)
    {
        int expected = _generation;
        (bool isAnswered, int moved) = await client.CallAsync(process => MoveAsync(process, expected));
        if (isAnswered && moved > 0)
        {
            _returned = Math.Max(_returned, moved);
            Moves++;
        }
    }

    private async Task<int> MoveAsync(SimulatedProcess process, int expected)
    {
        int moved = await process.TransactAsync(() => _generation == expected ? ++_generation : 0);
        while (moved > 0 && !await process.TransactAsync(() => AllServe(moved)))
        {
            await Task.Delay(TimeSpan.FromMilliseconds(200), process);
        }

        return moved;
    }

    private bool AllServe(int generation) =>
        _members.Values.All(member => member.LeaseEnd <= _world.Elapsed || member.Reported >= generation);

    private async Task<int> AnswerAsync(SimulatedProcess process, int least)
    {
        if (!_members.TryGetValue(process, out MemberState? member))
        {
            throw new TimeoutException("The member has not started yet.");
        }

        if (member.Generation < least)
        {
            await SyncAsync(process);
        }

        return _world.Elapsed < member.AnswersUntil ? member.Generation : throw new TimeoutException("The lease of the member has ended.");
    }

    private static TimeSpan Max(TimeSpan first, TimeSpan second) => first > second ? first : second;

    private sealed class MemberState
    {
        /// <summary>In the process: what it serves, and until when.</summary>
        public int Generation { get; set; }

        public TimeSpan AnswersUntil { get; set; }

        /// <summary>In the database.</summary>
        public int Reported { get; set; }

        public TimeSpan LeaseEnd { get; set; }
    }
}
