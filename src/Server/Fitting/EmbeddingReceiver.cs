using TopicGrpc.Engine.Numerics;
using TopicGrpc.Engine.Topics.Reports;

namespace TopicGrpc.Server.Fitting;

/// <summary>Writes each embedding to its row and to the cache as soon as it is known, and reports the progress.</summary>
/// <param name="block">Writes to the cache.</param>
/// <param name="rows">Rows of the fit.</param>
/// <param name="states">State of each row.</param>
/// <param name="keys">Key of the text of each row.</param>
/// <param name="missing">Row of each text of the work.</param>
/// <param name="progress">Receives the progress.</param>
/// <param name="clock">Clock of the rate.</param>
internal sealed class EmbeddingReceiver(
    EmbeddingBlock block,
    ScratchRows rows,
    EmbeddedRow[] states,
    UInt128[] keys,
    int[] missing,
    ProgressReporter progress,
    TimeProvider clock) : IEmbeddingReceiver
{
    private readonly long _started = clock.GetTimestamp();
    private int _done;

    /// <inheritdoc/>
    public void Add(int text, EmbeddedText embedded)
    {
        int row = missing[text];
        if (embedded.IsQuarantined)
        {
            states[row] = EmbeddedRow.Quarantined;
        }
        else if (embedded.IsFinite)
        {
            rows.Write(row, embedded.Vector);
            states[row] = embedded.IsTruncated ? EmbeddedRow.Truncated : EmbeddedRow.Whole;
            block.Add(keys[row], embedded.Vector, embedded.IsTruncated);
        }

        int count = Interlocked.Increment(ref _done);
        progress.Report(
            new FitProgress(FitStage.Embedding, (double)count / missing.Length),
            count / clock.GetElapsedTime(_started).TotalSeconds);
    }

    /// <inheritdoc/>
    public void Flush() => block.Flush();
}
