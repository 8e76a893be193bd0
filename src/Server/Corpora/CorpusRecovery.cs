using TopicGrpc.Server.Members;

namespace TopicGrpc.Server.Corpora;

/// <summary>Completes interrupted deletions before the server listens.</summary>
internal sealed class CorpusRecovery(CorpusStore corpora, IChangeFeed changes) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        changes.Register(ChangeKinds.Corpus, corpora.RefreshAsync);
        await changes.CatchUpAsync(ChangeKinds.Corpus, cancellationToken);
        corpora.Recover();
        await corpora.RemoveOutdatedCopiesAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
