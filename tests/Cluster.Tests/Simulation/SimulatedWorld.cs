namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// A clock and a queue of events on one thread. The seed alone decides the order of events, delays and faults, so a seed that breaks a
/// promise can be run again. Continuations run inside the event that completes their task; no thread of the pool takes part.
/// </summary>
internal sealed class SimulatedWorld : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long Time, long Order)> _events = new();
    private long _order;

    public SimulatedWorld(int seed) => Random = new Random(seed);

    public Random Random { get; }

    /// <summary>Share of calls that fail, 0 to 1.</summary>
    public double FaultRate { get; set; }

    /// <summary>Time since the start.</summary>
    public TimeSpan Elapsed { get; private set; }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => Start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SimulatedTimer(this, () => callback(state), dueTime);

    /// <summary>Plans an event.</summary>
    public void After(TimeSpan delay, Action work) => _events.Enqueue(work, ((Elapsed + delay).Ticks, _order++));

    /// <summary>Returns a random time up to a limit; half of the times are short.</summary>
    public TimeSpan Delay(TimeSpan limit) =>
        limit * (Random.Next(2) == 0 ? 0.05 * Random.NextDouble() : Random.NextDouble());

    /// <summary>Returns true with a probability.</summary>
    public bool Chance(double probability) => Random.NextDouble() < probability;

    /// <summary>Runs events until a condition holds, the time is over, or nothing is planned.</summary>
    /// <returns>Whether the condition holds.</returns>
    public bool Run(TimeSpan limit, Func<bool> isDone)
    {
        TimeSpan end = Elapsed + limit;
        while (!isDone() && _events.TryPeek(out _, out (long Time, long Order) next) && next.Time <= end.Ticks)
        {
            Action work = _events.Dequeue();
            Elapsed = TimeSpan.FromTicks(Math.Max(next.Time, Elapsed.Ticks));
            work();
        }

        return isDone();
    }
}
