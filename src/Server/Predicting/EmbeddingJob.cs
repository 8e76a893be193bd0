using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Predicting;

/// <summary>One text that waits for an executor.</summary>
internal sealed class EmbeddingJob(string text, int units, float[] destination, long enqueued, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<EmbeddingOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<EmbeddingOutcome> Completion => _completion.Task;

    /// <summary>Its size, in the units of <see cref="EmbeddingCostModel"/>.</summary>
    public int Units { get; } = units;

    /// <summary>When it came, in ticks of the clock.</summary>
    public long Enqueued { get; } = enqueued;

    /// <summary>Cost of what was ahead of it when it came, over the threads.</summary>
    public TimeSpan Expected { get; set; }

    /// <summary>Whether nobody waits for it any more.</summary>
    public bool IsAbandoned => _completion.Task.IsCompleted;

    /// <summary>Ends the wait of a caller that has gone. The place in the queue is given up at once, and the text is never embedded.</summary>
    public void Abandon() => _completion.TrySetCanceled(cancellationToken);

    /// <summary>Embeds the text; whatever happens ends this job and no other.</summary>
    /// <returns>Tokens that were embedded for nobody, because the caller went away while the encoder ran.</returns>
    public int Run(IEmbedder embedder, TimeProvider clock)
    {
        TimeSpan queue = clock.GetElapsedTime(Enqueued);
        try
        {
            EmbeddingCost cost = embedder.Embed(text, destination, cancellationToken);
            return _completion.TrySetResult(new EmbeddingOutcome(destination, cost, queue)) ? 0 : cost.Tokens;
        }
        catch (OperationCanceledException)
        {
            Abandon();
        }
#pragma warning disable CA1031 // The exception goes to the caller who waits, whatever it is; the executor lives on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _completion.TrySetException(exception);
        }

        return 0;
    }
}
