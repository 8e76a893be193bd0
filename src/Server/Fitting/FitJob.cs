using TopicGrpc.Server.Errors;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>A fit that waits or runs: its state, its events, and the way to stop it. Safe for any number of callers.</summary>
internal sealed class FitJob(FitRow row, int keptEvents) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly Queue<WatchFitResponse> _events = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence = row.LastSequence;
    private Fit _fit = row.Fit;

    public string Id => row.Id;

    public long Ordinal => row.Ordinal;

    /// <summary>How often it was begun, this time included.</summary>
    public int Attempts { get; set; } = row.Attempts;

    /// <summary>Raised when a client asks to stop.</summary>
    public CancellationToken Cancelled => _cancel.Token;

    /// <summary>Number of its last event.</summary>
    public long Sequence
    {
        get
        {
            lock (_gate)
            {
                return _sequence;
            }
        }
    }

    /// <summary>The fit now; a copy.</summary>
    public Fit Fit
    {
        get
        {
            lock (_gate)
            {
                return _fit.Clone();
            }
        }
    }

    public static bool HasEnded(Fit fit) => fit.State is Fit.Types.State.Succeeded or Fit.Types.State.Failed or Fit.Types.State.Cancelled;

    /// <summary>Changes the fit and tells its watchers; a fit that has ended does not change any more.</summary>
    /// <returns>The fit afterwards; a copy.</returns>
    public Fit Change(Action<Fit> change)
    {
        lock (_gate)
        {
            if (HasEnded(_fit))
            {
                return _fit.Clone();
            }

            Fit next = _fit.Clone();
            change(next);
            _fit = next;
            _events.Enqueue(new WatchFitResponse { Sequence = ++_sequence, Fit = next });
            if (_events.Count > keptEvents)
            {
                _events.Dequeue();
            }

            _changed.SetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return next.Clone();
        }
    }

    /// <summary>Asks the fit to stop.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>Events behind a number, and a task that ends at the next event.</summary>
    /// <exception cref="ServiceException">Some of them are no longer kept.</exception>
    public (IReadOnlyList<WatchFitResponse> Events, Task Changed) EventsAfter(long sequence)
    {
        lock (_gate)
        {
            if (sequence > 0 && sequence > row.LastSequence && _events.TryPeek(out WatchFitResponse? first) && first.Sequence > sequence + 1)
            {
                throw Fault.EventGone(first.Sequence);
            }

            return ([.. _events.Where(item => item.Sequence > sequence)], _changed.Task);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cancel.Dispose();
}
