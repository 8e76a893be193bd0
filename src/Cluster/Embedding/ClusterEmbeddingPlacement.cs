using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TopicGrpc.Cluster.ObjectStore;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Fitting;

namespace TopicGrpc.Cluster.Embedding;

/// <summary>
/// Embeds the texts of a fit on all members. Results of earlier runs are read first, whichever member coordinated them. One run uses
/// memory for the chunks in flight, and the work itself for the texts.
/// </summary>
internal sealed class ClusterEmbeddingPlacement(
    IEmbeddingWorkers workers,
    EncoderFingerprint fingerprint,
    ResultStore results,
    ISuspectLog suspectLog,
    IOptions<ClusterEmbeddingOptions> options,
    TimeProvider clock,
    ILogger<ClusterEmbeddingPlacement> logger) : IEmbeddingPlacement
{
    /// <inheritdoc/>
    public async Task EmbedAsync(EmbeddingWork work, IEmbeddingReceiver receiver, CancellationToken cancellationToken)
    {
        if (work.Count == 0)
        {
            return;
        }

        string encoder = fingerprint.Get(cancellationToken);
        DispatchContext context = new()
        {
            Workers = workers,
            SuspectLog = suspectLog,
            Encoder = encoder,
            ResultKey = (corpus, chunk) => results.KeyOf(corpus, encoder, chunk),
            Options = options.Value,
            Clock = clock,
            Logger = logger,
        };
        EmbeddingRun run = new(work, receiver);
        try
        {
            await ReadResultsAsync(work, run, encoder, cancellationToken);
            if (run.Open == 0)
            {
                return;
            }

            SuspectTexts suspects = await SuspectTexts.ReadAsync(context, work.CorpusId, cancellationToken);
            foreach (UInt128 key in suspects.Keys)
            {
                if (suspects.DeathsOf(key) >= options.Value.MaxDeaths)
                {
                    run.Quarantine(key);
                }
            }

            await new ChunkDispatch(context, work, run, suspects).RunAsync(cancellationToken);
            await suspects.ClearAsync(options.Value.MaxDeaths);
        }
        finally
        {
            receiver.Flush();
        }
    }

    /// <inheritdoc/>
    public async Task ForgetAsync(string corpusId, IReadOnlySet<UInt128> kept, CancellationToken cancellationToken)
    {
        try
        {
            await results.ForgetAsync(corpusId, cancellationToken);
        }
        catch (ObjectStoreException failure)
        {
            throw Fault.StorageUnavailable("The object store", failure);
        }

        await suspectLog.ForgetAsync(corpusId, kept, cancellationToken);
    }

    private async Task ReadResultsAsync(EmbeddingWork work, EmbeddingRun run, string encoder, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (ChunkResult result in results.ReadAllAsync(work.CorpusId, encoder, cancellationToken))
            {
                if (result.Dimension == work.Encoder.Dimension)
                {
                    run.Accept(result);
                }

                if (run.Open == 0)
                {
                    break;
                }
            }
        }
        catch (ObjectStoreException failure)
        {
            Log.ResultNotRead(logger, failure);
        }

        if (run.Open < work.Count)
        {
            Log.ResultsFound(logger, work.Count - run.Open, work.Count);
        }
    }
}
