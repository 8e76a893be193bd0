using System.Collections.Concurrent;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// A queue of disk work with threads of its own. A slow disk blocks these threads and no thread of the thread pool. One thread runs the
/// work in the order of arrival.
/// </summary>
internal sealed class DiskQueue : IDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Thread[] _threads;

    public DiskQueue(string name, int threads)
    {
        _threads = new Thread[threads];
        for (int index = 0; index < threads; index++)
        {
            _threads[index] = new Thread(Run) { IsBackground = true, Name = FormattableString.Invariant($"{name} {index + 1}") };
            _threads[index].Start();
        }
    }

    /// <summary>Queues work.</summary>
    /// <returns>The result. Canceled at once if the token is canceled before the work starts.</returns>
    /// <exception cref="ObjectDisposedException">The server stops.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DiskJob<T> job = new(work);
        try
        {
            ObjectDisposedException.ThrowIf(_jobs.IsAddingCompleted, this);
            _jobs.Add(job.Run, CancellationToken.None);
        }
        catch (InvalidOperationException stopped)
        {
            throw new ObjectDisposedException("The server stops.", stopped);
        }

        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(job.Cancel, null);
        return await job.Result;
    }

    /// <summary>Queues work without a result; otherwise as the other overload.</summary>
    public Task RunAsync(Action work, CancellationToken cancellationToken) => RunAsync(
        () =>
        {
            work();
            return true;
        },
        cancellationToken);

    /// <summary>Finishes the queued work, then ends the threads.</summary>
    public void Dispose()
    {
        _jobs.CompleteAdding();
        bool haveEnded = true;
        foreach (Thread thread in _threads)
        {
            haveEnded &= thread.Join(StopLimit);
        }

        if (haveEnded)
        {
            _jobs.Dispose();
        }
    }

    private void Run()
    {
        foreach (Action job in _jobs.GetConsumingEnumerable())
        {
            job();
        }
    }
}
