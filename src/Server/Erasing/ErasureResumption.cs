using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Members;
using TopicGrpc.Shared;

namespace TopicGrpc.Server.Erasing;

/// <summary>Finds the documents of interrupted erasures again before versions are loaded, so that no version shows them.</summary>
internal sealed class ErasureResumption(
    ErasureTable table,
    CorpusStore corpora,
    ErasedDocuments erased,
    ErasureSignal signal,
    ErasureRefresh refresh,
    IChangeFeed changes,
    ILogger<ErasureResumption> logger) : IHostedService
{
    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (changes.IsShared)
        {
            changes.Register(ChangeKinds.Erasure, refresh.RunAsync);
            await changes.CatchUpAsync(ChangeKinds.Erasure, cancellationToken);
            return;
        }

        foreach (ErasureRow row in table.Running())
        {
            RunningErasure running = new(row, Task.CompletedTask);
            try
            {
                Corpora.Corpus corpus = corpora.Get(row.Corpus).Corpus;
                if (await corpus.FindErasedAsync(row.FileId, new HashSet<int>(row.Places), cancellationToken) is { } found)
                {
                    running.Know(found);
                }
            }
            catch (ServiceException failure)
            {
                Log.NotFound(logger, failure, ResourceNames.Corpus(row.Corpus));
            }

            erased.Add(running);
            signal.Set();
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
