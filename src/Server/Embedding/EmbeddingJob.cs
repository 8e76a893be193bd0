using TopicGrpc.Engine.Embeddings;

namespace TopicGrpc.Server.Embedding;

/// <summary>One text that waits for an executor.</summary>
internal sealed class EmbeddingJob(string text, int units, long enqueued, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<EmbeddingOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _repeated;

    public Task<EmbeddingOutcome> Completion => _completion.Task;

    /// <summary>Its size, in the units of <see cref="EmbeddingCostModel"/>.</summary>
    public int Units { get; } = units;

    /// <summary>When it came, in ticks of the clock.</summary>
    public long Enqueued { get; } = enqueued;

    /// <summary>Cost of what was ahead of it when it came, over the threads.</summary>
    public TimeSpan Expected { get; set; }

    /// <summary>When an executor first took it, in ticks of the clock; 0 while it waits.</summary>
    public long Begun { get; set; }

    /// <summary>Whether another thread was given it too.</summary>
    public bool IsRepeated => Volatile.Read(ref _repeated) != 0;

    /// <summary>Whether it has ended: nobody waits for it any more.</summary>
    public bool IsAbandoned => _completion.Task.IsCompleted;

    /// <summary>Ends the wait of a caller that has gone. The place in the queue is given up at once, and the text is never embedded.</summary>
    public void Abandon() => _completion.TrySetCanceled(cancellationToken);

    /// <summary>Claims the one repetition that a job may have: the same text gives the same bits, and whoever is first ends it.</summary>
    public bool TryRepeat() => Interlocked.Exchange(ref _repeated, 1) == 0;

    /// <summary>Embeds the text; whatever happens ends this job and no other.</summary>
    /// <returns>Tokens that were embedded for nobody, because the caller went away while the encoder ran.</returns>
    public int Run(IEmbedder embedder, TimeProvider clock)
    {
        TimeSpan queue = clock.GetElapsedTime(Enqueued);
        try
        {
            float[] vector = new float[embedder.Info.Dimension];
            EmbeddingCost cost = embedder.Embed(text, vector, cancellationToken);
            return _completion.TrySetResult(new EmbeddingOutcome(vector, cost, queue)) || !_completion.Task.IsCanceled ? 0 : cost.Tokens;
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
