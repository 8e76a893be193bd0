using System.Diagnostics.CodeAnalysis;

namespace TopicGrpc.Server.Storage;

/// <summary>Work for a <see cref="DiskQueue"/> and its result.</summary>
internal sealed class DiskJob<T>(Func<T> work)
{
    // Continuations must not run on the disk thread.
    private readonly TaskCompletionSource<T> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _isTaken;

    public Task<T> Result => _result.Task;

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "The exception is the result of the task.")]
    public void Run()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0)
        {
            return;
        }

        try
        {
            _result.SetResult(work());
        }
        catch (Exception exception)
        {
            _result.SetException(exception);
        }
    }

    /// <summary>Cancels the work unless it has started.</summary>
    public void Cancel(object? state, CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) == 0)
        {
            _result.SetCanceled(cancellationToken);
        }
    }
}
