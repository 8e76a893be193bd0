using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>Members that crash, restart and pause at random times.</summary>
internal sealed class Chaos
{
    private static readonly TimeSpan LongestInterval = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan LongestOutage = TimeSpan.FromSeconds(5);

    private static readonly Task Never = new TaskCompletionSource().Task;

    private readonly SimulatedWorld _world;
    private readonly SimulatedProcess[] _processes;
    private readonly Func<int, SimulatedProcess, Task> _run;
    private readonly Task[] _runs;
    private readonly List<BrokenPromiseException> _broken = [];
    private bool _isOver;

    /// <summary>Plans the start of the members at the first event.</summary>
    /// <param name="world">Clock and chance.</param>
    /// <param name="members">Number of members.</param>
    /// <param name="run">What a process of a member does until <see cref="IsOver"/>.</param>
    public Chaos(SimulatedWorld world, int members, Func<int, SimulatedProcess, Task> run)
    {
        (_world, _run) = (world, run);
        _processes = new SimulatedProcess[members];
        _runs = new Task[members];
        for (int member = 0; member < members; member++)
        {
            Start(member);
        }

        PlanNext();
    }

    /// <summary>Whether the members finish what they do and stop.</summary>
    public bool IsOver => _isOver;

    /// <summary>Returns the process of a random member, which may be dead.</summary>
    public SimulatedProcess Any() => _processes[_world.Random.Next(_processes.Length)];

    /// <summary>Reports a broken promise that a client saw.</summary>
    public void Report(BrokenPromiseException broken) => _broken.Add(broken);

    /// <summary>Runs the members with faults for a time, then lets them finish without faults.</summary>
    public void Run(TimeSpan time, TimeSpan patience)
    {
        _world.Run(time, () => _broken.Count > 0);
        _isOver = true;
        _world.FaultRate = 0;
        bool isDone = _world.Run(patience, () => _broken.Count > 0 || Array.TrueForAll(_runs, static run => run.IsCompleted));
        if (_broken.Count > 0)
        {
            throw _broken[0];
        }

        if (!isDone)
        {
            throw new BrokenPromiseException("The members did not finish.");
        }
    }

    /// <summary>Creates the process of a member; the work begins with the next event.</summary>
    private void Start(int member)
    {
        SimulatedProcess process = new(_world);
        _processes[member] = process;
        _runs[member] = Never;
        _world.After(TimeSpan.Zero, () => process.Do(() => _runs[member] = GuardAsync(member, process)));
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Any failure fails the test.")]
    private async Task GuardAsync(int member, SimulatedProcess process)
    {
        try
        {
            await _run(member, process);
        }
        catch (Exception failure)
        {
            _broken.Add(failure as BrokenPromiseException ?? new BrokenPromiseException($"Member {member} failed. {failure}"));
        }
    }

    private void PlanNext() => _world.After(_world.Delay(LongestInterval), () =>
    {
        if (_isOver)
        {
            return;
        }

        int member = _world.Random.Next(_processes.Length);
        if (_world.Chance(0.5))
        {
            _processes[member].Pause(_world.Delay(LongestPause));
        }
        else if (!_processes[member].IsDead)
        {
            Kill(member);
        }

        PlanNext();
    });

    private void Kill(int member)
    {
        _processes[member].Crash();
        _runs[member] = Never;
        _world.After(_world.Delay(LongestOutage), () => Start(member));
    }
}
