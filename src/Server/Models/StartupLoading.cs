namespace TopicGrpc.Server.Models;

/// <summary>Loads the versions in service before the server listens.</summary>
internal sealed class StartupLoading(ModelRegistry registry) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => registry.OpenAsync(cancellationToken);

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
