using System.Collections.Concurrent;

namespace TopicGrpc.Server.Storage;

/// <summary>
/// One dedicated thread that runs disk work in the order of arrival. A slow disk blocks this thread and no thread of the thread pool.
/// </summary>
internal sealed class DiskThread : IDisposable
{
    private static readonly TimeSpan IdleDelay = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(30);

    private readonly BlockingCollection<Action> _jobs = [];
    private readonly Dictionary<object, Action> _whenIdle = [];
    private readonly Thread _thread;

    public DiskThread(string name)
    {
        _thread = new Thread(Run) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Queues work.</summary>
    /// <returns>The result. Canceled at once if the token is canceled before the work starts.</returns>
    /// <exception cref="ObjectDisposedException">The server stops.</exception>
    public async Task<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        DiskJob<T> job = new(work);
        ObjectDisposedException.ThrowIf(_jobs.IsAddingCompleted, this);
        _jobs.Add(job.Run, CancellationToken.None);
        await using CancellationTokenRegistration registration = cancellationToken.UnsafeRegister(job.Cancel, null);
        return await job.Result;
    }

    /// <summary>Sets work to do once no work arrives for a second, or at the end. Called by work that runs on this thread.</summary>
    /// <param name="key">Replaces earlier idle work of the same key.</param>
    /// <param name="work">The work; it must not throw.</param>
    public void WhenIdle(object key, Action work) => _whenIdle[key] = work;

    /// <summary>Finishes the queued work and the idle work, then ends the thread.</summary>
    public void Dispose()
    {
        _jobs.CompleteAdding();
        if (_thread.Join(StopLimit))
        {
            _jobs.Dispose();
        }
    }

    private void Run()
    {
        while (!_jobs.IsCompleted)
        {
            if (_jobs.TryTake(out Action? job, _whenIdle.Count > 0 ? IdleDelay : Timeout.InfiniteTimeSpan))
            {
                job();
            }
            else
            {
                RunIdle();
            }
        }

        RunIdle();
    }

    private void RunIdle()
    {
        Action[] idle = [.. _whenIdle.Values];
        _whenIdle.Clear();
        foreach (Action work in idle)
        {
            work();
        }
    }
}
