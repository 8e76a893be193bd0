namespace TopicGrpc.Cluster.Tests.Simulation;

/// <summary>
/// One process of a member, and its clock. Its calls to others are delayed, lost before or after their effect, or answered. After a crash
/// none of its continuations runs; while it is paused they wait. A call that was sent takes effect even if its sender has crashed.
/// </summary>
internal sealed class SimulatedProcess(SimulatedWorld world) : TimeProvider
{
    private static readonly TimeSpan LongestTrip = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(60);

    private readonly Queue<Action> _held = new();
    private bool _isPaused;

    public bool IsDead { get; private set; }

    public override long TimestampFrequency => world.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => world.GetUtcNow();

    public override long GetTimestamp() => world.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new SimulatedTimer(world, () => Do(() => callback(state)), dueTime);

    /// <summary>Ends the process (SIGKILL).</summary>
    public void Crash()
    {
        IsDead = true;
        _held.Clear();
    }

    /// <summary>Stops the process for a time (SIGSTOP, then SIGCONT). It does not notice.</summary>
    public void Pause(TimeSpan time)
    {
        if (!_isPaused)
        {
            _isPaused = true;
            world.After(time, Resume);
        }
    }

    /// <summary>Runs work in the process: now, when it resumes, or never.</summary>
    public void Do(Action work)
    {
        if (IsDead)
        {
            return;
        }

        if (_isPaused)
        {
            _held.Enqueue(work);
            return;
        }

        work();
    }

    /// <summary>Sends a call whose effect happens at one moment somewhere else.</summary>
    /// <param name="effect">The effect and its result.</param>
    /// <param name="lost">Returns the exception of a call that was lost.</param>
    /// <param name="cancellationToken">Ends the wait for the answer; the call may still take effect.</param>
    public async Task<T> CallAsync<T>(Func<T> effect, Func<Exception> lost, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        TaskCompletionSource<T> answer = new();
        bool isLost = world.Chance(world.FaultRate);
        bool isLate = isLost && world.Chance(0.3);
        bool hasEffect = !isLost || isLate || world.Chance(0.5);
        world.After(world.Delay(LongestTrip), () =>
        {
            Action complete = () => answer.TrySetException(lost());
            if (!isLost)
            {
                complete = Effect(effect, answer);
            }
            else if (isLate)
            {
                // The network delivers the call long after its sender has given it up.
                world.After(world.Delay(LongestDelay), () => Effect(effect, answer));
            }
            else if (hasEffect)
            {
                Effect(effect, answer);
            }

            world.After(world.Delay(LongestTrip), () => Do(complete));
        });
        CancellationTokenRegistration canceled = cancellationToken.Register(
            () => Do(() => answer.TrySetCanceled(cancellationToken)));
        try
        {
            return await answer.Task;
        }
        finally
        {
            // Not disposed: a disposal that waits would leave the thread of the simulation.
            canceled.Unregister();
        }
    }

    private static Action Effect<T>(Func<T> effect, TaskCompletionSource<T> answer)
    {
        try
        {
            T result = effect();
            return () => answer.TrySetResult(result);
        }
        catch (Exception failure) when (failure is not BrokenPromiseException)
        {
            return () => answer.TrySetException(failure);
        }
    }

    private void Resume()
    {
        _isPaused = false;
        while (!_isPaused && !IsDead && _held.TryDequeue(out Action? work))
        {
            work();
        }
    }
}
