namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A team of threads that run many short rounds with a barrier between rounds. A round can take a few microseconds, so a
/// member first spins at the barrier. On a busy machine a late member may have lost its core, and spinning would occupy
/// that core; after about 50 µs a member blocks instead.
/// </summary>
internal sealed class WorkTeam(int members)
{
    /// <summary>Spins before a member blocks, and the length of one spin; a normalized unit is about 37 ns.</summary>
    private const int Spins = 128;
    private const int SpinLength = 10;

    private readonly object _gate = new();
    private int _waiting;
    private int _phase;
    private int _sleepers;
    private volatile bool _stopped;

    /// <summary>Number of members.</summary>
    public int Members { get; } = Math.Max(1, members);

    /// <summary>
    /// Runs <paramref name="body"/> once for each member number; the calling thread is member 0. Rethrows the first
    /// exception.
    /// </summary>
    public void Run(Action<int> body)
    {
        Exception? failure = null;
        void Guarded(int member)
        {
            try
            {
                body(member);
            }
#pragma warning disable CA1031 // Rethrown on the calling thread; without the catch, the other members would wait forever at the barrier.
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

    /// <summary>Barrier: waits until every member arrives.</summary>
    /// <returns>False if a member failed; the caller must then return.</returns>
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

            // Full fence: the new phase must be visible before the count of sleepers is read.
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
            // Increment before re-reading the phase. Either this member sees the new phase, or the last arrival sees the sleeper.
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
