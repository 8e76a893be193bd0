using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Models;

/// <summary>Brings versions from disk into service: one loading a version, however many ask, and none that outlives a later change of its version.</summary>
internal sealed class VersionLoads(RoutingTable routing, VersionLoader loader, ILogger<VersionLoads> logger) : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();

    // Calls at work come before one that waits for a version, and find a core free.
    private readonly BackgroundScheduler _background = new(Math.Max(1, Environment.ProcessorCount - 1));

    /// <summary>Takes a writer's turn at a moment when a version is in service; the caller gives the turn back.</summary>
    /// <returns>The turn, and whether the version had to be loaded first.</returns>
    /// <exception cref="ServiceException">There is no such version, or it cannot serve.</exception>
    public async Task<(WritersTurn Turn, bool HasWaited)> EnterReadyAsync(string model, long number, CancellationToken cancellationToken)
    {
        for (bool hasWaited = false; ; hasWaited = true)
        {
            WritersTurn turn = await routing.EnterAsync(cancellationToken);
            if (routing.Current.Find(model, number) is { Handle: not null })
            {
                return (turn, hasWaited);
            }

            turn.Dispose();
            await LoadAsync(model, number, cancellationToken);
            if (routing.Current.Version(model, number).Error is { } error)
            {
                throw error;
            }
        }
    }

    /// <summary>Waits for a version's loading; all who want the same version wait for one.</summary>
    /// <exception cref="ServiceException">There is no such version.</exception>
    public async Task LoadAsync(string model, long number, CancellationToken cancellationToken)
    {
        // The caller may go; the loading goes on for the others.
        Task loading = await BeginAsync(model, number, cancellationToken);
        await loading.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stopping.Cancel();
        _background.Dispose();
        _stopping.Dispose();
    }

    private async Task<Task> BeginAsync(string model, long number, CancellationToken cancellationToken)
    {
        using WritersTurn turn = await routing.EnterAsync(cancellationToken);
        VersionEntry entry = routing.Current.Version(model, number);
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
            routing.Exchange(routing.Current.With(model, entry with { Handle = entry.Retired, Retired = null }), entry.Retired);
            return Task.CompletedTask;
        }

        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        VersionEntry loading = entry with { Loading = done.Task };
        routing.Exchange(routing.Current.With(model, loading));
        CancellationToken stopping = _stopping.Token;
        _ = _background.RunAsync(() => FinishAsync(model, loading, done, stopping), CancellationToken.None);
        return done.Task;
    }

    private async Task FinishAsync(string model, VersionEntry loading, TaskCompletionSource done, CancellationToken stopping)
    {
        try
        {
            VersionEntry loaded = await loader.LoadAsync(model, loading, stopping);
            using (await routing.EnterAsync(stopping))
            {
                if (routing.Current.Find(model, loading.Record.VersionNumber) is { } now && now.Loading == loading.Loading)
                {
                    routing.Exchange(routing.Current.With(model, loaded with { Retired = now.Retired }), loaded.Handle);
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
    }
}
