namespace TopicGrpc.Server.Corpora;

/// <summary>Completes interrupted deletions before the server listens.</summary>
internal sealed class CorpusRecovery(CorpusStore corpora) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        corpora.Recover();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
