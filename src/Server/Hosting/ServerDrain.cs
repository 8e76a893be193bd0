using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Hosting;

/// <summary>
/// The first steps of a stop. Health says NOT_SERVING, streams and fits are told, and calls are still taken while load
/// balancers find out; then new calls are refused. After that the host stops listening and waits for the calls at work.
/// </summary>
internal sealed class ServerDrain(IOptions<ServerOptions> options, IHostApplicationLifetime lifetime, TimeProvider clock) : IHostedLifecycleService
{
    private bool _refusesCalls;

    /// <summary>Whether the server was told to stop.</summary>
    public bool HasBegun => lifetime.ApplicationStopping.IsCancellationRequested;

    /// <summary>Whether new calls are refused.</summary>
    public bool RefusesCalls => Volatile.Read(ref _refusesCalls);

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        // A host that is stopped by a call comes here before it tells; one that got a signal has told already.
        lifetime.StopApplication();
        try
        {
            await Task.Delay(RefusesCalls ? TimeSpan.Zero : options.Value.DrainGrace, clock, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // Patience is over; the rest of the stop goes on.
        }

        Volatile.Write(ref _refusesCalls, true);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
