namespace TopicGrpc.Engine.Numerics;

/// <summary>
/// A few threads that go through many short rounds together. A round may be a few microseconds of work, so members wait
/// for each other by spinning, then by yielding the core; a blocking barrier would cost more than the round.
/// </summary>
internal sealed class WorkTeam(int members)
{
    private int _waiting;
    private int _phase;
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
            Volatile.Write(ref _phase, phase + 1);
            return !_stopped;
        }

        SpinWait spin = default;
        while (Volatile.Read(ref _phase) == phase && !_stopped)
        {
            // Never sleep: the default would after a few yields, for a millisecond.
            spin.SpinOnce(sleep1Threshold: -1);
        }

        return !_stopped;
    }
}
