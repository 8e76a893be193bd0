using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Embedding;

/// <summary>A text in a queue, or on a thread that embeds it.</summary>
internal sealed class EmbeddingJob(string text, int units, long enqueued, CancellationToken cancellationToken)
{
    private readonly TaskCompletionSource<EmbeddingOutcome> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _repeated;

    public Task<EmbeddingOutcome> Completion => _completion.Task;

    /// <summary>The text.</summary>
    public string Text { get; } = text;

    /// <summary>Identity of the caller whose share of the queue the text uses; empty: the server's own.</summary>
    public string Caller { get; init; } = string.Empty;

    /// <summary>Whether back-pressure slows the sender, so that the text does not count towards the limit of the queue.</summary>
    public bool IsPaced { get; init; }

    /// <summary>Number of the text in the order of arrival; set by <see cref="FairQueue"/>.</summary>
    public long Arrival { get; set; }

    /// <summary>Place of the text in its <see cref="CallerLine"/>; null before the text is queued.</summary>
    public LinkedListNode<EmbeddingJob>? Place { get; set; }

    /// <summary>Size of the text, in the units of <see cref="EmbeddingCostModel"/>.</summary>
    public int Units { get; } = units;

    /// <summary>When the text was queued, in ticks of the clock.</summary>
    public long Enqueued { get; } = enqueued;

    /// <summary>Estimated cost of the texts ahead when this text was queued, divided by the number of threads.</summary>
    public TimeSpan Expected { get; set; }

    /// <summary>When a thread first took the text, in ticks of the clock; 0 while it waits.</summary>
    public long Started { get; set; }

    /// <summary>Whether a second thread embeds the text too.</summary>
    public bool IsRepeated => Volatile.Read(ref _repeated) != 0;

    /// <summary>Whether the job has ended, with a result or because the caller left.</summary>
    public bool IsAbandoned => _completion.Task.IsCompleted;

    /// <summary>Ends the wait of a caller that left. The place in the queue is freed at once, and the text is never embedded.</summary>
    public void Abandon() => _completion.TrySetCanceled(cancellationToken);

    /// <summary>Ends the wait of a caller whose text another caller displaced; the text is never embedded.</summary>
    public void Reject(ServiceException fault) => _completion.TrySetException(fault);

    /// <summary>Claims the one repetition of the job. Both runs give the same bits, and the first result wins.</summary>
    public bool TryRepeat() => Interlocked.Exchange(ref _repeated, 1) == 0;

    /// <summary>Embeds the text. An exception ends this job only.</summary>
    /// <returns>Tokens that were embedded for a caller that left while the encoder ran.</returns>
    public int Run(IEmbedder embedder, TimeProvider clock)
    {
        TimeSpan queue = clock.GetElapsedTime(Enqueued);
        try
        {
            float[] vector = new float[embedder.Info.Dimension];
            EmbeddingCost cost = embedder.Embed(Text, vector, cancellationToken);
            bool isWanted = _completion.TrySetResult(new EmbeddingOutcome(vector, cost, queue)) || !_completion.Task.IsCanceled;
            return isWanted ? 0 : cost.Tokens;
        }
        catch (OperationCanceledException)
        {
            Abandon();
        }
#pragma warning disable CA1031 // Any exception goes to the caller that waits; the thread continues with the next job.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _completion.TrySetException(exception);
        }

        return 0;
    }
}
