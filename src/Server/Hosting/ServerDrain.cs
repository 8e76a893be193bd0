using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// The first steps of a shutdown. Health reports NOT_SERVING and streams and fits end, while calls are still accepted until load balancers
/// have noticed; then new calls are rejected. After that the host stops listening and waits for the running calls.
/// </summary>
internal sealed class ServerDrain(
    IOptions<ServerOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock) : IHostedLifecycleService
{
    private bool _rejectsCalls;

    /// <summary>Whether shutdown has started.</summary>
    public bool HasStarted => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Whether new calls are rejected.</summary>
    public bool RejectsCalls => Volatile.Read(ref _rejectsCalls);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // After StopAsync, ApplicationStopping has not fired yet; after SIGTERM it has.
        lifetime.StopApplication();
        try
        {
            await Task.Delay(RejectsCalls ? TimeSpan.Zero : options.Value.DrainGrace, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The grace period was cut short; continue the shutdown.
        }

        Volatile.Write(ref _rejectsCalls, true);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
