using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.Logging;
using TopicGrpc.Server.Members;

namespace TopicGrpc.Cluster.Changes;

/// <summary>
/// One copy of rows: collects the changes that it must still read, and refreshes it, one refresh at a time. A slow copy, such as one that
/// loads a version, delays no other. Thread-safe.
/// </summary>
internal sealed class CopySubscription
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly CopyRefresh _refresh;
    private readonly Action _advanced;
    private readonly TimeProvider _clock;
    private readonly ILogger _logger;
    private readonly CancellationToken _stopping;
    private readonly Lock _gate = new();
    private HashSet<string>? _ids;
    private long _target;
    private long _applied;
    private bool _isRunning;
    private TaskCompletionSource _progress = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <param name="kind">Kind of the rows.</param>
    /// <param name="refresh">Refreshes the copy.</param>
    /// <param name="advanced">Called after each refresh.</param>
    /// <param name="clock">Clock of the delay after a failure.</param>
    /// <param name="logger">Log.</param>
    /// <param name="stopping">Canceled when the server stops.</param>
    public CopySubscription(
        string kind, CopyRefresh refresh, Action advanced, TimeProvider clock, ILogger logger, CancellationToken stopping)
    {
        Kind = kind;
        _refresh = refresh;
        _advanced = advanced;
        _clock = clock;
        _logger = logger;
        _stopping = stopping;
    }

    /// <summary>Kind of the rows.</summary>
    public string Kind { get; }

    /// <summary>Number of the last change that the copy has; 0 before the first refresh.</summary>
    public long Applied
    {
        get
        {
            lock (_gate)
            {
                return _applied;
            }
        }
    }

    /// <summary>Notes that any row may have changed.</summary>
    public void AddAll(long number)
    {
        lock (_gate)
        {
            _ids = null;
            Raise(number);
        }
    }

    /// <summary>Notes changes, in the order of their numbers.</summary>
    public void Add(IReadOnlyList<ChangeRow> rows)
    {
        lock (_gate)
        {
            foreach (ChangeRow row in rows)
            {
                if (_ids is not null && !row.TryAddIds(Kind, _ids))
                {
                    _ids = null;
                }
            }

            Raise(rows[^1].Number);
        }
    }

    /// <summary>Completes when the copy has a change.</summary>
    public async Task WaitAsync(long number, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task progress;
            lock (_gate)
            {
                if (_applied >= number)
                {
                    return;
                }

                progress = _progress.Task;
            }

            await progress.WaitAsync(cancellationToken);
        }
    }

    private void Raise(long number)
    {
        _target = Math.Max(_target, number);
        if (_ids is { Count: 0 } && !_isRunning)
        {
            // Nothing of this kind has changed.
            Advance(_target);
        }
        else if (!_isRunning)
        {
            _isRunning = true;
            _ = Task.Run(RunAsync, CancellationToken.None);
        }
    }

    private async Task RunAsync()
    {
        while (TryTake() is { } changes)
        {
            if (await TryRefreshAsync(changes))
            {
                lock (_gate)
                {
                    Advance(changes.Number);
                }

                _advanced();
                continue;
            }

            Restore(changes);
            try
            {
                await Task.Delay(RetryDelay, _clock, _stopping);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        _advanced();
    }

    private RowChanges? TryTake()
    {
        lock (_gate)
        {
            if (_stopping.IsCancellationRequested || _applied >= _target)
            {
                _isRunning = false;
                return null;
            }

            if (_ids is { Count: 0 })
            {
                Advance(_target);
                _isRunning = false;
                return null;
            }

            RowChanges changes = new(_target, _ids);
            _ids = [];
            return changes;
        }
    }

    [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "A failed refresh is logged and repeated.")]
    private async Task<bool> TryRefreshAsync(RowChanges changes)
    {
        try
        {
            await _refresh(changes, _stopping);
            return true;
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return false;
        }
        catch (Exception failure)
        {
            Log.RefreshFailed(_logger, failure, Kind);
            return false;
        }
    }

    private void Restore(RowChanges changes)
    {
        lock (_gate)
        {
            if (changes.Ids is null)
            {
                _ids = null;
            }
            else
            {
                _ids?.UnionWith(changes.Ids);
            }
        }
    }

    private void Advance(long number)
    {
        _applied = Math.Max(_applied, number);
        TaskCompletionSource reached = _progress;
        _progress = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        reached.SetResult();
    }
}
