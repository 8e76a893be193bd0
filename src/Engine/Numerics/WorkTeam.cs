namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A few threads that go through many short rounds together. A round may be a few microseconds of work, so a member waits
/// for the others by spinning, but not for long: where the machine has other work, the one waited for may have lost its
/// core, and spinning would keep that core from it. After about fifty microseconds a member sleeps until it is woken.
/// </summary>
internal sealed class WorkTeam(int members)
{
    /// <summary>Spins before a member sleeps, and the length of each: a normalized unit is some 37 ns.</summary>
    private const int Spins = 128;
    private const int SpinLength = 10;

    private readonly object _gate = new();
    private int _waiting;
    private int _phase;
    private int _sleepers;
    private volatile bool _stopped;

    /// <summary>Number of members.</summary>
    public int Members { get; } = Math.Max(1, members);

    /// <summary>Runs <paramref name="body"/> once for every member number; the caller is member 0. Rethrows the first failure.</summary>
    public void Run(Action<int> body)
    {
        Exception? failure = null;
        void Guarded(int member)
        {
            try
            {
                body(member);
            }
#pragma warning disable CA1031 // The failure is rethrown by the caller's thread; the other members must not wait for ever.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Interlocked.CompareExchange(ref failure, exception, null);
                _stopped = true;
                Interlocked.MemoryBarrier();
                WakeSleepers();
            }
        }

        var threads = new Thread[Members - 1];
        for (int i = 0; i < threads.Length; i++)
        {
            int member = i + 1;
            threads[i] = new Thread(() => Guarded(member)) { IsBackground = true };
            threads[i].Start();
        }

        Guarded(0);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    /// <summary>Waits until every member has come here.</summary>
    /// <returns>False when a member failed and the others should leave.</returns>
    public bool Meet()
    {
        if (Members == 1)
        {
            return !_stopped;
        }

        int phase = Volatile.Read(ref _phase);
        if (Interlocked.Increment(ref _waiting) == Members)
        {
            Volatile.Write(ref _waiting, 0);

            // An interlocked write, so that it is seen before the sleepers are counted.
            Interlocked.Exchange(ref _phase, phase + 1);
            WakeSleepers();
            return !_stopped;
        }

        for (int spin = 0; spin < Spins; spin++)
        {
            if (Passed(phase))
            {
                return !_stopped;
            }

            Thread.SpinWait(SpinLength);
        }

        Sleep(phase);
        return !_stopped;
    }

    private bool Passed(int phase) => _stopped || Volatile.Read(ref _phase) != phase;

    private void Sleep(int phase)
    {
        lock (_gate)
        {
            // Announced before the phase is read again: whoever ends the phase either is seen here or sees the sleeper.
            Interlocked.Increment(ref _sleepers);
            while (!Passed(phase))
            {
                Monitor.Wait(_gate);
            }

            Interlocked.Decrement(ref _sleepers);
        }
    }

    private void WakeSleepers()
    {
        if (Volatile.Read(ref _sleepers) > 0)
        {
            lock (_gate)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }
}
