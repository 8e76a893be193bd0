using System.Collections.Concurrent;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// Runs work with all that it awaits, and the parallel loops inside it, on a few threads of low priority: what a fit computes uses the cores that calls
/// leave idle and gives them back within a turn of the kernel's.
/// </summary>
internal sealed class BackgroundScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread[] _threads;

    /// <param name="threads">How many.</param>
    public BackgroundScheduler(int threads)
    {
        _threads = [.. Enumerable.Range(0, threads).Select(index => BackgroundThread.Create(Work, FormattableString.Invariant($"background {index}")))];
        Array.ForEach(_threads, static thread => thread.Start());
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => _threads.Length;

    /// <summary>Runs work to its end: what follows an <c>await</c> in it runs here too. Nothing in it may block on a task that was begun here.</summary>
    public Task<TResult> RunAsync<TResult>(Func<Task<TResult>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs work that has no result.</summary>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Lets the threads end when their work has.</summary>
    public void Dispose()
    {
        _tasks.CompleteAdding();
        Array.ForEach(_threads, static thread => thread.Join());
        _tasks.Dispose();
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        try
        {
            _tasks.Add(task);
        }
        catch (InvalidOperationException)
        {
            // Closed meanwhile: what the work still awaited ends on the pool.
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => Array.IndexOf(_threads, Thread.CurrentThread) >= 0 && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks() => [.. _tasks];

    private void Work()
    {
        foreach (Task task in _tasks.GetConsumingEnumerable())
        {
            TryExecuteTask(task);
        }
    }
}
