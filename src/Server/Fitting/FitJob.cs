using System.Diagnostics;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Fitting;

/// <summary>A queued or running fit: its state, its events, and the way to cancel it. Thread-safe.</summary>
internal sealed class FitJob(FitRow row, int keptEvents) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _cancel = new();
    private readonly CancellationTokenSource _lost = new();
    private CancellationTokenSource _restart = new();
    private TaskCompletionSource? _runEnded;
    private readonly Queue<FitEvent> _events = new();
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _sequence = row.LastSequence;
    private FitState _state = row.State;

    public string Id => row.State.Id;

    public long Ordinal => row.Ordinal;

    /// <summary>Trace of the call that queued it; empty after a restart.</summary>
    public ActivityContext Trace { get; init; }

    /// <summary>Number of the claim by which this server runs it; 0: the server shares its fits with no other.</summary>
    public long Epoch { get; init; }

    /// <summary>Canceled when the fit no longer belongs to this server. Nothing of the current run may take effect then.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Caller that queued it; empty for fits of earlier builds.</summary>
    public string Caller => row.State.CreatedBy;

    /// <summary>Spans of the current run.</summary>
    public FitTrace? Spans { get; set; }

    /// <summary>Number of times it was started, this one included.</summary>
    public int Attempts { get; set; } = row.Attempts;

    /// <summary>
    /// Whether the next run may identify the text that ended the process, see <see cref="CrashedTexts"/>: it may exceed the attempts.
    /// </summary>
    public bool RunsSuspectsAlone { get; set; }

    /// <summary>Canceled when a client asks to stop.</summary>
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

    /// <summary>The fit now.</summary>
    public FitState State
    {
        get
        {
            lock (_gate)
            {
                return _state;
            }
        }
    }

    /// <summary>Canceled when the current run must start again, because documents that it may have read were erased.</summary>
    public CancellationToken Restarted
    {
        get
        {
            lock (_gate)
            {
                return _restart.Token;
            }
        }
    }

    /// <summary>Begins a run; the caller ends it with <see cref="EndRun"/>.</summary>
    public void BeginRun()
    {
        lock (_gate)
        {
            // The former source is not disposed: another thread may be about to cancel it.
            _restart = new CancellationTokenSource();
            _runEnded = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>Ends a run.</summary>
    public void EndRun()
    {
        lock (_gate)
        {
            _runEnded?.SetResult();
            _runEnded = null;
        }
    }

    /// <summary>Completes when the current run has ended; completed if none runs.</summary>
    public Task RunEnded
    {
        get
        {
            lock (_gate)
            {
                return _runEnded?.Task ?? Task.CompletedTask;
            }
        }
    }

    /// <summary>Asks the current run to stop and to start again.</summary>
    public void Restart()
    {
        CancellationTokenSource? run;
        lock (_gate)
        {
            run = _runEnded is null ? null : _restart;
        }

        run?.Cancel();
    }

    /// <summary>Changes the fit and notifies its watchers. A fit that has ended no longer changes.</summary>
    /// <returns>The state afterwards.</returns>
    public FitState Change(Func<FitState, FitState> change)
    {
        lock (_gate)
        {
            if (_state.HasEnded)
            {
                return _state;
            }

            _state = change(_state);
            _events.Enqueue(new FitEvent(++_sequence, _state));
            if (_events.Count > keptEvents)
            {
                _events.Dequeue();
            }

            _changed.TrySetResult();
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _state;
        }
    }

    /// <summary>Asks the fit to stop.</summary>
    public void Cancel() => _cancel.Cancel();

    /// <summary>
    /// Ends the run without a result, because the fit no longer belongs to this server; its watchers continue with its row.
    /// </summary>
    public void Lose()
    {
        lock (_gate)
        {
            _changed.TrySetResult();
        }

        _lost.Cancel();
    }

    /// <summary>Returns the events after a number, and a task that ends at the next event.</summary>
    /// <exception cref="ServiceException">Some of them are no longer kept.</exception>
    public FitEvents EventsAfter(long sequence)
    {
        lock (_gate)
        {
            if (sequence > 0 && sequence > row.LastSequence && _events.TryPeek(out FitEvent first) && first.Sequence > sequence + 1)
            {
                throw Fault.EventGone(first.Sequence);
            }

            return new FitEvents([.. _events.Where(item => item.Sequence > sequence)], _state.HasEnded ? null : _changed.Task);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cancel.Dispose();
        _lost.Dispose();
        _restart.Dispose();
    }
}
