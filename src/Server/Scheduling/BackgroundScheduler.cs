using System.Collections.Concurrent;

namespace TopicGrpc.Server.Scheduling;

/// <summary>
/// Runs work, its continuations and the parallel loops inside it on a few low-priority threads: a fit uses the cores that calls leave idle,
/// and releases them within one scheduler slice.
/// </summary>
internal sealed class BackgroundScheduler : TaskScheduler, IDisposable
{
    private readonly BlockingCollection<Task> _tasks = [];
    private readonly Thread[] _threads;

    /// <summary>Starts the threads.</summary>
    /// <param name="threads">Number of threads.</param>
    public BackgroundScheduler(int threads)
    {
        _threads =
        [
            .. Enumerable.Range(0, threads)
                .Select(index => BackgroundThread.Create(Work, FormattableString.Invariant($"background {index}"))),
        ];
        Array.ForEach(_threads, static thread => thread.Start());
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => _threads.Length;

    /// <summary>
    /// Runs work; continuations after an <c>await</c> run on this scheduler too. The work must not block on a task of this scheduler.
    /// </summary>
    public Task<TResult> RunAsync<TResult>(Func<Task<TResult>> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Runs work without a result.</summary>
    public Task RunAsync(Func<Task> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.None, this).Unwrap();

    /// <summary>Stops the threads after their work has ended.</summary>
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
            // The scheduler is disposed: the remaining continuations run on the pool.
            ThreadPool.UnsafeQueueUserWorkItem(_ => TryExecuteTask(task), null);
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        Array.IndexOf(_threads, Thread.CurrentThread) >= 0 && TryExecuteTask(task);

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
