namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>A timer of the simulation that fires once after each change.</summary>
internal sealed class SimulatedTimer : ITimer
{
    private readonly SimulatedWorld _world;
    private readonly Action _callback;
    private int _generation;

    public SimulatedTimer(SimulatedWorld world, Action callback, TimeSpan dueTime)
    {
        (_world, _callback) = (world, callback);
        Change(dueTime, Timeout.InfiniteTimeSpan);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        int generation = ++_generation;
        if (dueTime != Timeout.InfiniteTimeSpan)
        {
            _world.After(dueTime, () =>
            {
                if (generation == _generation)
                {
                    _callback();
                }
            });
        }

        return true;
    }

    public void Dispose() => _generation++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
