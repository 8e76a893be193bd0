using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Models;

/// <summary>
/// Loads versions from disk into the routing table. At most one load per version runs, however many callers wait for it, and a load that a
/// later change overtakes has no effect.
/// </summary>
internal sealed class VersionLoads(RoutingTable routing, VersionLoader loader, ILogger<VersionLoads> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    // One core stays free: running calls take precedence over a call that waits for a version.
    private readonly BackgroundScheduler _background = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Acquires the write lock at a moment when a version is loaded. The caller disposes the lock.</summary>
    /// <returns>The lock, and whether the version had to be loaded first.</returns>
    /// <exception cref="ServiceException">The version does not exist or cannot serve.</exception>
    public async Task<(RoutingWriteLock Lock, bool HasWaited)> EnterReadyAsync(
        string modelId,
        long number,
        CancellationToken cancellationToken)
    {
        for (bool hasWaited = false; ; hasWaited = true)
        {
            RoutingWriteLock writeLock = await routing.EnterAsync(cancellationToken);
            if (routing.Current.Find(modelId, number) is { Handle: not null })
            {
                return (writeLock, hasWaited);
            }

            writeLock.Dispose();
            await LoadAsync(modelId, number, cancellationToken);
            if (routing.Current.Version(modelId, number).Error is { } error)
            {
                throw error;
            }
        }
    }

    /// <summary>Loads a version, or waits for the load that is already running.</summary>
    /// <exception cref="ServiceException">The version does not exist.</exception>
    public async Task LoadAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        // A caller that leaves does not stop the load: others may wait for it.
        Task loading = await BeginAsync(modelId, number, cancellationToken);
        await loading.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _background.Dispose();
        _stopping.Dispose();
    }

    private async Task<Task> BeginAsync(string modelId, long number, CancellationToken cancellationToken)
    {
        using RoutingWriteLock writeLock = await routing.EnterAsync(cancellationToken);
        VersionEntry entry = routing.Current.Version(modelId, number);
        if (entry.State is VersionState.Ready or VersionState.Failed)
        {
            return Task.CompletedTask;
        }

        if (entry.Loading is not null)
        {
            return entry.Loading;
        }

        if (entry.Retired?.TryReinstate() == true)
        {
            VersionEntry reinstated = entry with { Handle = entry.Retired, Retired = null };
            routing.Exchange(routing.Current.With(modelId, reinstated), entry.Retired);
            return Task.CompletedTask;
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        VersionEntry loading = entry with { Loading = done.Task };
        routing.Exchange(routing.Current.With(modelId, loading));
        CancellationToken stopping = _stopping.Token;
        _ = _background.RunAsync(() => FinishAsync(modelId, loading, done, stopping), CancellationToken.None);
        return done.Task;
    }

    private async Task ForgetAsync(string modelId, VersionEntry loading)
    {
        using RoutingWriteLock writeLock = await routing.EnterAsync(CancellationToken.None);
        if (routing.Current.Find(modelId, loading.Number) is { } now && now.Loading == loading.Loading)
        {
            routing.Exchange(routing.Current.With(modelId, now with { Loading = null }));
        }
    }

    private async Task FinishAsync(string modelId, VersionEntry loading, TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            VersionEntry loaded = await loader.LoadAsync(modelId, loading, stopping);
            using (await routing.EnterAsync(stopping))
            {
                if (routing.Current.Find(modelId, loading.Number) is { } now && now.Loading == loading.Loading)
                {
                    routing.Exchange(routing.Current.With(modelId, loaded with { Retired = now.Retired }), loaded.Handle);
                    loader.HideErased(loaded.Handle);
                }
                else
                {
                    loaded.Handle?.Retire();
                    Log.Overtaken(logger, loading.Record.Name);
                }
            }

            done.SetResult();
        }
        catch (OperationCanceledException)
        {
            done.SetException(Fault.Draining());
        }
        catch (ServiceException failure)
        {
            // The version is on disk again, and the next call tries to load it.
            await ForgetAsync(modelId, loading);
            done.SetException(failure);
        }
    }
}
